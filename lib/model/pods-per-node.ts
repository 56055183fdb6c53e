import type { PodDemand } from './pod-demand.ts';
import type { Pool, PoolNode } from './pool.ts';

/** How many such pods an empty node of the pool has room for, DaemonSets counted. */
export function podsPerNode({ millicpu, memoryBytes, gpu }: PodDemand, { overhead }: Pool, node: PoolNode): number {
  const { allocatable, devices } = node;
  const limits = [
    (allocatable.millicpu - overhead.millicpu) / millicpu,
    (allocatable.memoryBytes - overhead.memoryBytes) / memoryBytes,
    allocatable.pods - overhead.pods,
    ...(gpu ? [(devices[gpu.resource] ?? 0) / gpu.count] : []),
  ];
  return Math.max(0, Math.floor(Math.min(...limits)));
}
