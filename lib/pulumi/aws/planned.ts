import type { Bundle } from '../../bundle/bundle.ts';
import type { CloudKind, CloudPlan } from '../../model/cloud-plan.ts';

/** The part of a Bundle that becomes resources of AWS. */
export type CloudBundle = Pick<Bundle, 'cloud'>;

/** A resource of the cloud plan, with its spec typed. */
export interface Planned<Kind extends CloudKind> {
  readonly name: string;
  readonly spec: CloudPlan[Kind];
}

/** The resources of one kind, in the order of the plan. */
export function planned<Kind extends CloudKind>({ cloud }: CloudBundle, kind: Kind): readonly Planned<Kind>[] {
  // The constructs that wrote the plan were held to these types (lib/constructs/cloud-resource.ts).
  return cloud.filter((resource) => resource.kind === kind) as readonly unknown[] as readonly Planned<Kind>[];
}

/** The one resource of a kind, where the plan has it. */
export function onlyPlanned<Kind extends CloudKind>(bundle: CloudBundle, kind: Kind): Planned<Kind> | undefined {
  const [first, second] = planned(bundle, kind);
  if (second)
    throw new Error(`The cloud plan has two resources of kind ${kind}: "${first?.name}" and "${second.name}".`);
  return first;
}
