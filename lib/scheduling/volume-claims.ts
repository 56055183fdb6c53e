import { VOLUME_ANNOTATIONS } from '../catalog/annotations.ts';
import type { PodState } from './pod-state.ts';
import { claimKey, type Snapshot } from './snapshot.ts';
import type { PersistentVolumeClaim, StorageClass } from './volume.ts';

/** A claim as a pod names it, and what the cluster has under the name. */
export interface NamedClaim {
  readonly name: string;
  readonly claim: PersistentVolumeClaim | undefined;
}

/** Claims of a pod's volumes, in their order. */
export function podClaims({ pod, namespace }: PodState, { claims }: Snapshot): readonly NamedClaim[] {
  return (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => {
    if (persistentVolumeClaim === undefined) return [];
    const { claimName } = persistentVolumeClaim;
    return [{ name: claimName, claim: claims.get(claimKey(namespace, claimName)) }];
  });
}

/** Whether a claim has its volume for good. */
export function isBound({ spec, metadata }: PersistentVolumeClaim): boolean {
  return Boolean(spec.volumeName) && metadata.annotations?.[VOLUME_ANNOTATIONS.bindCompleted] !== undefined;
}

/** The class of a claim, where the cluster has it. */
export function classOf({ spec }: PersistentVolumeClaim, { storageClasses }: Snapshot): StorageClass | undefined {
  return storageClasses.get(spec.storageClassName ?? '');
}

/** Whether a claim waits for its first pod, and so lets the scheduler choose where its volume will be. */
export function waitsForPod(claim: PersistentVolumeClaim, snapshot: Snapshot): boolean {
  return classOf(claim, snapshot)?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.spec.volumeName;
}
