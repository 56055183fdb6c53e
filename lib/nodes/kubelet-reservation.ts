import { formatBytes } from '../core/quantity.ts';
import { type KubeReserved, kubeReserved } from '../model/allocatable.ts';

/**
 * kube-reserved of a node with a cap on its pods, in the words of kubelet. It has to be said, because AL2023 otherwise
 * keeps memory for every pod that the node has an address for (see `memoryReservedFor` in lib/model/allocatable.ts).
 */
export function cappedReservation(millicpu: number, maxPods: number): Readonly<Record<ReservedResource, string>> {
  const reserved: KubeReserved = kubeReserved(millicpu, maxPods);
  return {
    cpu: `${reserved.millicpu}m`,
    memory: formatBytes(reserved.memoryBytes),
    'ephemeral-storage': formatBytes(reserved.ephemeralBytes),
  };
}

type ReservedResource = 'cpu' | 'memory' | 'ephemeral-storage';
