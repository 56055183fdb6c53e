import { VOLUME_ANNOTATIONS } from '../catalog/annotations.ts';
import { type Labels, labelValue } from '../core/label-selector.ts';
import { type Filter, SKIP, unresolvable } from './filter.ts';
import type { NodeState } from './node-state.ts';
import type { Reason } from './reason.ts';
import type { Snapshot } from './snapshot.ts';
import type { PersistentVolumeClaim, StorageClass } from './volume.ts';
import { classOf, isBound, type NamedClaim, podClaims, waitsForPod } from './volume-claims.ts';
import { matchVolume, requestedStorage, volumeReaches } from './volume-match.ts';

/** Of a class that only names volumes made by hand (k8s.io/component-helpers NotSupportedProvisioner). */
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

function allows({ allowedTopologies = [] }: StorageClass, labels: Labels): boolean {
  if (allowedTopologies.length === 0) return true;
  return allowedTopologies.some(
    ({ matchLabelExpressions = [] }) =>
      matchLabelExpressions.length > 0 &&
      matchLabelExpressions.every(({ key, values }) => values.includes(labelValue(labels, key) ?? '')),
  );
}

function canProvision(claim: PersistentVolumeClaim, snapshot: Snapshot, labels: Labels): boolean {
  const storageClass = classOf(claim, snapshot);
  return storageClass !== undefined && storageClass.provisioner !== NO_PROVISIONER && allows(storageClass, labels);
}

/** Whether every waiting claim gets a volume on the node: one that is there, or one that is made for it. */
function allServed(
  waiting: readonly PersistentVolumeClaim[],
  snapshot: Snapshot,
  { name, labels }: NodeState,
): boolean {
  const chosen = new Set<string>();
  // The smallest claims choose first, so that they leave the large volumes to the large ones.
  for (const claim of [...waiting].sort((a, b) => requestedStorage(a) - requestedStorage(b))) {
    const selectedNode = claim.metadata.annotations?.[VOLUME_ANNOTATIONS.selectedNode];
    if (selectedNode !== undefined && selectedNode !== name) return false;
    const free = [...snapshot.volumes.values()].filter((volume) => !chosen.has(volume.metadata.name));
    const volume = selectedNode === undefined ? matchVolume(claim, free, labels) : undefined;
    if (volume) chosen.add(volume.metadata.name);
    else if (!canProvision(claim, snapshot, labels)) return false;
  }
  return true;
}

function refusal(claims: readonly NamedClaim[], snapshot: Snapshot): Reason | undefined {
  for (const { name, claim } of claims) {
    if (claim === undefined) return { code: 'claim-not-found', claim: name };
    if (claim.status?.phase === 'Lost') return { code: 'claim-lost', claim: name, volume: claim.spec.volumeName ?? '' };
    if (claim.metadata.deletionTimestamp !== undefined) return { code: 'claim-being-deleted', claim: name };
  }
  const stuck = claims.some(({ claim }) => claim && !isBound(claim) && !waitsForPod(claim, snapshot));
  return stuck ? { code: 'claim-unbound' } : undefined;
}

/**
 * Bound volumes can be used on the node, and claims that wait for their pod can be served there (VolumeBinding). How much
 * storage a CSI driver has left (CSIStorageCapacity) is not asked: no such object exists before the cluster does.
 */
export const volumeBinding: Filter = (pod, snapshot) => {
  const named = podClaims(pod, snapshot);
  if (named.length === 0) return SKIP;
  const reason = refusal(named, snapshot);
  if (reason) return { kind: 'refused', reason };
  const claims = named.flatMap(({ claim }) => claim ?? []);
  const bound = claims.filter(isBound).flatMap(({ spec }) => snapshot.volumes.get(spec.volumeName ?? '') ?? []);
  const waiting = claims.filter((claim) => !isBound(claim));
  return {
    kind: 'check',
    check: (node) => {
      const reasons: Reason[] = [];
      if (!bound.every((volume) => volumeReaches(volume, node.labels))) reasons.push({ code: 'volume-node-affinity' });
      if (!allServed(waiting, snapshot, node)) reasons.push({ code: 'no-volume-to-bind' });
      return reasons.length === 0 ? undefined : unresolvable(...reasons);
    },
  };
};
