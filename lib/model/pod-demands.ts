import type { Platform } from './platform.ts';
import type { PodDemand } from './pod-demand.ts';
import type { Profile } from './profile.ts';

/** What a session of a profile asks of its node. */
export function sessionDemand(profile: Profile): PodDemand {
  const { at, pool, selectors, tolerations, priorityClass, cpu, memoryMB, gpu } = profile;
  return {
    at,
    pool,
    selectors,
    tolerations,
    priorityClass,
    millicpu: cpu.request,
    memoryBytes: memoryMB.request * 1e6,
    ...(gpu === undefined ? {} : { gpu }),
  };
}

/** One pod of everything that the platform lets people start on a pool of their choice. */
export function podDemands({ profiles, spark }: Platform): readonly PodDemand[] {
  return [...profiles.map(sessionDemand), ...(spark === undefined ? [] : [spark.driver, spark.executor])];
}
