import { runByKarpenter } from './reading/pool-sessions.ts';
import type { Rule } from './rule.ts';

export const settingsWithoutEffect: Rule = {
  id: 'AUTO013',
  title: 'Only pools that Karpenter runs have settings that Karpenter alone knows',
  severity: 'warning',
  protectsFrom: 'nodes that are never replaced, or replaced at any time, although the environment says otherwise',
  because:
    'cluster-autoscaler removes nodes that are unneeded and knows no expiry, no grace period for replacement, no budgets and no packing. Managed node groups and machines of your own know none of them either.',
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
      return stated.map((key) => ({
        at: [...pool.at, 'disruption', key],
        message: `only Karpenter knows ${key}, and it does not run pool "${pool.name}".`,
        hint: 'Leave it out.',
      }));
    }),
};
