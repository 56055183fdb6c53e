import type { AuthorizationReference } from './authorization-reference.ts';
import { overlap } from './pattern.ts';

/** A kind of resource that an action may be about. */
export interface ActionResource {
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` */
  readonly format: string;
  /** Whether every use of the action is about one. */
  readonly required: boolean;
  readonly keys: readonly string[];
}

/** An action that exists, with what a statement may say of it. */
export interface NamedAction {
  /** `sqs:SendMessage` */
  readonly name: string;
  /** Empty: it is about nothing that has a name, and is allowed on `*` or not at all. */
  readonly resources: readonly ActionResource[];
  /** Condition keys, whatever it is about. */
  readonly keys: readonly string[];
  /** Actions that have to be allowed beside it, depending on what is asked for. */
  readonly dependent: readonly string[];
}

/** The actions that a pattern such as `eks:Describe*` stands for. */
export function namedActions(reference: AuthorizationReference, pattern: string): readonly NamedAction[] {
  const [prefix = '', action = ''] = pattern.toLowerCase().split(':');
  const service = reference[prefix];
  if (!service) return [];
  return Object.values(service.privileges)
    .filter(({ privilege }) => overlap(privilege.toLowerCase(), action))
    .map(({ privilege, resource_types }) => {
      const types = Object.values(resource_types);
      return {
        name: `${prefix}:${privilege}`,
        keys: types.filter(({ resource_type }) => resource_type === '').flatMap(({ condition_keys }) => condition_keys),
        dependent: types.flatMap(({ dependent_actions }) => dependent_actions),
        resources: types.flatMap(({ resource_type, required, condition_keys }): readonly ActionResource[] => {
          const resource = service.resources[resource_type];
          if (!resource) return [];
          return [{ format: resource.arn, required, keys: [...condition_keys, ...resource.condition_keys] }];
        }),
      };
    });
}
