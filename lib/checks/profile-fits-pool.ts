import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import type { PodDemand } from '../model/pod-demand.ts';
import { podDemands } from '../model/pod-demands.ts';
import type { Pool } from '../model/pool.ts';
import { demandedPod } from '../scheduling/demanded-pod.ts';
import { emptyNodes } from '../scheduling/empty-nodes.ts';
import { describeReason, type Reason } from '../scheduling/reason.ts';
import { takeSnapshot } from '../scheduling/snapshot.ts';
import { decidePlacement } from '../scheduling/verdict.ts';
import type { Rule } from './rule.ts';

function describeAmount(resource: string, amount: number): string {
  if (resource === 'cpu') return formatMillicpu(amount);
  return resource === 'memory' ? describeBytes(amount) : String(amount);
}

/** What is asked for and what is left where there is too little, else the scheduler's own words. */
function explain(reason: Reason): string {
  switch (reason.code) {
    case 'insufficient-resource': {
      const { resource, requested, capacity, used } = reason;
      const left = Math.max(0, capacity - used);
      return `asks for ${resource} ${describeAmount(resource, requested)} of ${describeAmount(resource, left)}`;
    }
    case 'too-many-pods':
      return `pods: all ${reason.capacity} are DaemonSets`;
    default:
      return describeReason(reason);
  }
}

/**
 * Why no empty node of the pool takes one pod of the demand, DaemonSets counted: the scheduler's reason for every kind of
 * node; `undefined` where one does.
 */
export function misfit(demand: PodDemand, pool: Pool): string | undefined {
  const verdict = decidePlacement(demandedPod(demand), takeSnapshot(emptyNodes(pool)));
  if (verdict.kind !== 'infeasible') return undefined;
  return verdict.rejected.map((each) => `${each.node}: ${each.reasons.map(explain).join(', ')}`).join('; ');
}

export const profileFitsPool: Rule = {
  id: 'NODE002',
  title: 'One pod of every session profile, and of Spark, fits an empty node of its pool, DaemonSets counted',
  severity: 'error',
  protectsFrom: 'a session that stays Pending for ever, or nodes that are launched and found too small again and again',
  check: ({ platform }) =>
    podDemands(platform).flatMap((demand) => {
      const pool = platform.pools.find(({ name }) => name === demand.pool);
      if (!pool || pool.nodes.length === 0) return [];
      const reasons = misfit(demand, pool);
      if (reasons === undefined) return [];
      const { millicpu, memoryBytes } = pool.overhead;
      return [
        {
          at: demand.at,
          message: `no node of pool "${pool.name}" takes it: ${reasons} (after ${formatMillicpu(millicpu)} CPU and ${describeBytes(memoryBytes)} of DaemonSets).`,
          hint: 'Ask for less, or give the pool a larger node.',
        },
      ];
    }),
};
