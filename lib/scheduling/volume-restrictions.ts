import { type Filter, resolvable, SKIP } from './filter.ts';
import { podClaims } from './volume-claims.ts';

/**
 * Claims exist, and one with access mode ReadWriteOncePod has no other pod, wherever that runs (VolumeRestrictions). Where
 * several pods have it, which only pods that name their node bring about, preemption has to end all of them here; the
 * scheduler is content with one, as it counts on there being no more.
 * Disks that pods name without a claim are not looked at: in Kubernetes 1.36 they are all CSI drivers' business.
 */
export const volumeRestrictions: Filter = (pod, snapshot) => {
  const claims = podClaims(pod, snapshot);
  const exclusive = new Set<string>();
  for (const { name, claim } of claims) {
    if (claim === undefined) return { kind: 'refused', reason: { code: 'claim-not-found', claim: name } };
    if (claim.spec.accessModes?.includes('ReadWriteOncePod')) exclusive.add(name);
  }
  if (exclusive.size === 0) return SKIP;
  const inUse = snapshot.nodes.some(({ pods }) =>
    pods.some(
      (other) =>
        other.namespace === pod.namespace &&
        other.pod.spec.volumes?.some(({ persistentVolumeClaim: used }) => used && exclusive.has(used.claimName)),
    ),
  );
  return inUse ? { kind: 'check', check: () => resolvable({ code: 'claim-in-use' }) } : SKIP;
};
