import type { PlatformFacts } from '../bundle/platform-file.ts';
import { misfit } from '../checks/profile-fits-pool.ts';
import type { PodDemand } from '../model/pod-demand.ts';
import { sessionDemand } from '../model/pod-demands.ts';

/** What somebody may start, by the name people know it by: `profile gpu-small`, `Spark executors`. */
export interface NamedDemand {
  readonly name: string;
  readonly demand: PodDemand;
}

export function namedDemands({ profiles, spark }: PlatformFacts): readonly NamedDemand[] {
  return [
    ...profiles.map((profile) => ({ name: `profile ${profile.name}`, demand: sessionDemand(profile) })),
    ...(spark
      ? [
          { name: 'Spark drivers', demand: spark.driver },
          { name: 'Spark executors', demand: spark.executor },
        ]
      : []),
  ];
}

/** Whether a pod can run, from zero nodes; if not, the first reason for every kind of node. */
export type Verdict = { readonly fits: true } | { readonly fits: false; readonly reason: string };

/** The one place that says what fits; it asks the same question as `atelier check` (NODE002). */
export function demandVerdict({ pools }: PlatformFacts, demand: PodDemand): Verdict {
  const pool = pools.find(({ name }) => name === demand.pool);
  if (!pool) return { fits: false, reason: `there is no pool "${demand.pool}"` };
  if (pool.max === 0 || pool.nodes.length === 0) return { fits: false, reason: `pool "${pool.name}" can have no node` };
  const reason = misfit(demand, pool);
  return reason === undefined ? { fits: true } : { fits: false, reason };
}
