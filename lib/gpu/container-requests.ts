import type { DaemonRequests } from '../catalog/daemon-sets.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';

/** Requests of one container, as quantities. */
export interface ContainerRequests {
  readonly cpu: string;
  readonly memory: string;
}

/** The requests of a DaemonSet's pod, in equal parts for its containers, so that they add up to what nodes set aside. */
export function containerRequests({ millicpu, memoryBytes }: DaemonRequests, containers: number): ContainerRequests {
  return {
    cpu: formatMillicpu(Math.floor(millicpu / containers)),
    memory: formatBytes(Math.floor(memoryBytes / containers)),
  };
}
