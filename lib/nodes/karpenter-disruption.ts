import { formatGoDuration } from '../core/duration.ts';
import type { KarpenterBudget, KarpenterNodePoolSpec } from '../crds/karpenter.sh.ts';
import type { NodePool } from '../model/node-pool.ts';

type Disruption = NodePool['disruption'];

/** Karpenter takes hours and minutes only, since cron knows no seconds; a window is never shorter than was asked. */
const windowLength = (seconds: number): string => formatGoDuration(Math.max(60, Math.ceil(seconds / 60) * 60));

function budget({ nodes, reasons, schedule, duration }: Disruption['budgets'][number]): KarpenterBudget {
  return {
    nodes,
    ...(reasons === undefined ? {} : { reasons }),
    ...(schedule === undefined || duration === undefined ? {} : { schedule, duration: windowLength(duration) }),
  };
}

/** When Karpenter removes nodes. `WhenEmpty` never moves a running pod. */
export function karpenterDisruption(disruption: Disruption): KarpenterNodePoolSpec['disruption'] {
  return {
    consolidationPolicy: disruption.consolidate === 'when-empty' ? 'WhenEmpty' : 'WhenEmptyOrUnderutilized',
    consolidateAfter: formatGoDuration(disruption.idleAfter),
    budgets: disruption.budgets.map(budget),
  };
}

/** When Karpenter replaces nodes whatever runs on them; said even where it never does, because its default is 30 days. */
export function karpenterExpiry({
  expireAfter,
  terminationGracePeriod,
}: Disruption): Pick<KarpenterNodePoolSpec['template']['spec'], 'expireAfter' | 'terminationGracePeriod'> {
  return {
    expireAfter: expireAfter === 'never' ? 'Never' : formatGoDuration(expireAfter),
    ...(terminationGracePeriod === undefined
      ? {}
      : { terminationGracePeriod: formatGoDuration(terminationGracePeriod) }),
  };
}
