import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import type { PodDemand } from '../model/pod-demand.ts';
import { podDemands } from '../model/pod-demands.ts';
import type { Pool } from '../model/pool.ts';
import { demandedPod } from '../scheduling/demanded-pod.ts';
import { emptyNodes } from '../scheduling/empty-nodes.ts';
import { describeShortage } from '../scheduling/shortage.ts';
import { takeSnapshot } from '../scheduling/snapshot.ts';
import { decidePlacement } from '../scheduling/verdict.ts';
import { gpuOnPoolWithout } from './gpu-on-pool-without.ts';
import { migDevice } from './mig-device.ts';
import type { Rule } from './rule.ts';

/**
 * Why no empty node of the pool takes one pod of the demand, DaemonSets counted: the scheduler's reason for every kind of
 * node; `undefined` where one does.
 */
export function misfit(demand: PodDemand, pool: Pool): string | undefined {
  const verdict = decidePlacement(demandedPod(demand), takeSnapshot(emptyNodes(pool)));
  if (verdict.kind !== 'infeasible') return undefined;
  return verdict.rejected.map((each) => `${each.node}: ${each.reasons.map(describeShortage).join(', ')}`).join('; ');
}

export const profileFitsPool: Rule = {
  id: 'NODE002',
  title: 'One pod of every session profile, and of Spark, fits an empty node of its pool, DaemonSets counted',
  severity: 'error',
  protectsFrom: 'a session that stays Pending for ever, or nodes that are launched and found too small again and again',
  because:
    'The scheduler adds up requests and places a pod where they are at most what is allocatable, DaemonSets counted. An autoscaler plans the same way with an imagined empty node; what does not fit that one fits none.',
  source: 'Kubernetes 1.36, pkg/scheduler/framework/plugins/noderesources/fit.go',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: gpu, cpu: { request: 8 } }`,
    mended: `sessionProfiles:
  - { name: gpu, cpu: { request: 3 } }`,
  },
  check: (bundle) => {
    const { platform } = bundle;
    // Who asks for a device by a name that the pool does not have is told so by the rules about that, once.
    const misnamed = [gpuOnPoolWithout, migDevice].flatMap((rule) =>
      rule.check(bundle).map(({ at }) => ('construct' in at ? '' : JSON.stringify(at.slice(0, 2)))),
    );
    return podDemands(platform).flatMap((demand) => {
      if (misnamed.includes(JSON.stringify(demand.at))) return [];
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
    });
  },
};
