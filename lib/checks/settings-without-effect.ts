import { parseDuration } from '../core/duration.ts';
import { DEFAULT_IDLE_AFTER } from '../model/node-pool.ts';
import type { Platform } from '../model/platform.ts';
import type { Pool } from '../model/pool.ts';
import { runByKarpenter } from './reading/pool-sessions.ts';
import type { Rule } from './rule.ts';

/** Whether an idle time is stated of a pool whose idle nodes nobody removes. */
function idlesForNobody(platform: Platform, pool: Pool): boolean {
  const shrinks = platform.environment.autoscaler.kind === 'cluster-autoscaler' && pool.elastic;
  return !shrinks && pool.spec.disruption.idleAfter !== parseDuration(DEFAULT_IDLE_AFTER);
}

export const settingsWithoutEffect: Rule = {
  id: 'AUTO013',
  title: 'Pools have only those settings of disruption that their autoscaler knows',
  severity: 'warning',
  protectsFrom: 'nodes that are never replaced, or replaced at any time, although the environment says otherwise',
  because:
    'cluster-autoscaler removes nodes that are unneeded and knows no expiry, no grace period for replacement, no budgets and no packing. Managed node groups and machines of your own know none of them either, nor an idle time.',
  source: 'cluster-autoscaler 1.36, FAQ "How does scale-down work?"; Karpenter 1.14, "Disruption"',
  example: {
    of: 'environment',
    breaks: 'nodePools:\n  - name: system\n    disruption: { expireAfter: 14d }',
    mended: 'nodePools:\n  - name: system\n    disruption: { expireAfter: never }',
  },
  check: ({ platform }) =>
    platform.pools.flatMap((pool) => {
      if (runByKarpenter(platform, pool)) return [];
      const { expireAfter, terminationGracePeriod, consolidate, budgets } = pool.spec.disruption;
      const stated = [
        ...(expireAfter === 'never' ? [] : ['expireAfter']),
        ...(terminationGracePeriod === undefined ? [] : ['terminationGracePeriod']),
        ...(consolidate === 'when-empty' ? [] : ['consolidate']),
        // The default has one budget that always holds for all reasons.
        ...(budgets.every(({ reasons, schedule }) => !reasons && schedule === undefined) ? [] : ['budgets']),
      ];
      const idle = idlesForNobody(platform, pool)
        ? [{ key: 'idleAfter', message: `nobody removes idle nodes of pool "${pool.name}".` }]
        : [];
      const karpenters = stated.map((key) => ({
        key,
        message: `only Karpenter knows ${key}, and it does not run pool "${pool.name}".`,
      }));
      return [...karpenters, ...idle].map(({ key, message }) => ({
        at: [...pool.at, 'disruption', key],
        message,
        hint: 'Leave it out.',
      }));
    }),
};
