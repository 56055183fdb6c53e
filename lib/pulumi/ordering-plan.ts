import { APPLY_GROUPS, applyGroup } from '../bundle/apply-group.ts';
import type { Bundle, BundleObject, BundleRelease } from '../bundle/bundle.ts';
import { PHASES, type Phase } from '../bundle/phase.ts';
import { objectIdentity, releaseIdentity } from './resource-identity.ts';

/** One object or one release. */
export type PlannedResource =
  | { readonly kind: 'object'; readonly object: BundleObject }
  | { readonly kind: 'release'; readonly release: BundleRelease };

/** Name of a resource in Pulumi. */
export function plannedName(resource: PlannedResource): string {
  return resource.kind === 'object'
    ? objectIdentity(resource.object.manifest).name
    : releaseIdentity(resource.release).name;
}

/** Resources that wait for nothing but the step before. */
export interface Step {
  /** `20-controllers/webhooks`; unique, and part of the identity of what separates two steps. */
  readonly name: string;
  readonly phase: Phase;
  readonly resources: readonly PlannedResource[];
}

/**
 * In which order a Bundle is applied: phase by phase, within a phase group by group, releases last. A step begins when
 * the one before it is complete; on the way back, the other way round. Steps without resources are left out.
 */
export function orderingPlan({ objects, releases }: Pick<Bundle, 'objects' | 'releases'>): readonly Step[] {
  const steps = new Map<
    string,
    { readonly name: string; readonly phase: Phase; readonly resources: PlannedResource[] }
  >(
    PHASES.flatMap((phase) =>
      [...APPLY_GROUPS, 'releases'].map((group) => {
        const name = `${phase}/${group}`;
        return [name, { name, phase, resources: [] }] as const;
      }),
    ),
  );
  for (const object of objects) {
    steps.get(`${object.phase}/${applyGroup(object.manifest)}`)?.resources.push({ kind: 'object', object });
  }
  for (const release of releases) steps.get(`${release.phase}/releases`)?.resources.push({ kind: 'release', release });
  return [...steps.values()].filter(({ resources }) => resources.length > 0);
}
