import { quantityValue } from '../core/kubernetes-quantity.ts';
import { type Labels, labelMatcher } from '../core/label-selector.ts';
import { nodeSelectorMatches } from './node-selector.ts';
import type { PersistentVolume, PersistentVolumeClaim } from './volume.ts';

const FILESYSTEM = 'Filesystem';

const sizeOf = ({ spec }: PersistentVolume): number => quantityValue(spec.capacity?.storage ?? 0) ?? 0;

/** Storage that a claim asks for, in bytes. */
export const requestedStorage = ({ spec }: PersistentVolumeClaim): number =>
  quantityValue(spec.resources?.requests?.storage ?? 0) ?? 0;

/** Whether nodes with these labels can use the volume. */
export function volumeReaches({ spec }: PersistentVolume, nodeLabels: Labels): boolean {
  const required = spec.nodeAffinity?.required;
  return required === undefined || nodeSelectorMatches(required, nodeLabels);
}

function isReservedFor({ spec: { claimRef } }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  return claimRef?.name === metadata.name && (claimRef.namespace ?? 'default') === (metadata.namespace ?? 'default');
}

/** What must agree even where the volume is reserved for the claim. */
function couldServe(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  if (volume.spec.claimRef !== undefined && !isReservedFor(volume, claim)) return false;
  return (
    sizeOf(volume) >= requestedStorage(claim) &&
    (volume.spec.volumeMode ?? FILESYSTEM) === (claim.spec.volumeMode ?? FILESYSTEM) &&
    (volume.spec.volumeAttributesClassName ?? '') === (claim.spec.volumeAttributesClassName ?? '') &&
    volume.metadata.deletionTimestamp === undefined
  );
}

function isOffered({ metadata, spec, status }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const { selector, storageClassName = '', accessModes = [] } = claim.spec;
  return (
    status?.phase === 'Available' &&
    (selector === undefined || labelMatcher(selector)(metadata.labels ?? {})) &&
    (spec.storageClassName ?? '') === storageClassName &&
    accessModes.every((mode) => spec.accessModes?.includes(mode))
  );
}

/**
 * The volume that a claim would get on a node: the one reserved for it, else the smallest that will do
 * (k8s.io/component-helpers v0.36 storage/volume FindMatchingVolume).
 */
export function matchVolume(
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  nodeLabels: Labels,
): PersistentVolume | undefined {
  const candidates = volumes.filter((volume) => couldServe(volume, claim));
  const reserved = candidates.find((volume) => isReservedFor(volume, claim));
  if (reserved) return volumeReaches(reserved, nodeLabels) ? reserved : undefined;
  return candidates
    .filter((volume) => isOffered(volume, claim) && volumeReaches(volume, nodeLabels))
    .reduce<PersistentVolume | undefined>(
      (best, volume) => (best === undefined || sizeOf(volume) < sizeOf(best) ? volume : best),
      undefined,
    );
}
