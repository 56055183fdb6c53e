import type { Platform } from './platform.ts';
import type { PodDemand } from './pod-demand.ts';

/** One pod of everything that the platform lets people start on a pool of their choice. */
export function podDemands({ profiles, spark }: Platform): readonly PodDemand[] {
  return [
    ...profiles.map(({ at, pool, cpu, memoryMB, gpu }) => ({
      at,
      pool,
      millicpu: cpu.request,
      memoryBytes: memoryMB.request * 1e6,
      ...(gpu === undefined ? {} : { gpu }),
    })),
    ...(spark === undefined ? [] : [spark.driver, spark.executor]),
  ];
}
