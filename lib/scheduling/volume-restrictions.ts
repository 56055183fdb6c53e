import { type Filter, resolvable, SKIP } from './filter.ts';
import type { PodState } from './pod-state.ts';
import type { Snapshot } from './snapshot.ts';
import { podClaims } from './volume-claims.ts';

/** How many volumes of a pod are claims of these names. */
const uses = ({ pod }: PodState, names: ReadonlySet<string>): number =>
  (pod.spec.volumes ?? []).filter(({ persistentVolumeClaim: used }) => used && names.has(used.claimName)).length;

/**
 * How many of the claims are in use, as the scheduler counts (calPreFilterState, updateWithPod): each that a pod of the
 * namespace has counts once, and every pod that is taken off a node takes away its claims of the same names, whatever its
 * namespace. So where a claim has two pods, or pods of another namespace have claims of that name, it may end pods to no
 * avail.
 */
function countInUse(names: ReadonlySet<string>, namespace: string, { nodes, takenOff }: Snapshot): number {
  const before = [...nodes.flatMap(({ pods }) => pods), ...takenOff].filter((other) => other.namespace === namespace);
  const inUse = [...names].filter((name) => before.some((other) => uses(other, new Set([name])) > 0));
  return inUse.length - takenOff.reduce((sum, other) => sum + uses(other, names), 0);
}

/**
 * Claims exist, and one with access mode ReadWriteOncePod has no other pod, wherever that runs (VolumeRestrictions).
 * Disks that pods name without a claim are not looked at: in Kubernetes 1.36 they are all CSI drivers' business.
 */
export const volumeRestrictions: Filter = (pod, snapshot) => {
  const exclusive = new Set<string>();
  for (const { name, claim } of podClaims(pod, snapshot)) {
    if (claim === undefined) return { kind: 'refused', reason: { code: 'claim-not-found', claim: name } };
    if (claim.spec.accessModes?.includes('ReadWriteOncePod')) exclusive.add(name);
  }
  if (exclusive.size === 0 || countInUse(exclusive, pod.namespace, snapshot) <= 0) return SKIP;
  return { kind: 'check', check: () => resolvable({ code: 'claim-in-use' }) };
};
