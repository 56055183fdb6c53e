import { formatGoDuration } from '../core/duration.ts';
import { runByKarpenter, sessionsOf } from './reading/pool-sessions.ts';
import type { Rule } from './rule.ts';

export const expiryUnderSession: Rule = {
  id: 'AUTO002',
  title: 'Nodes live longer than the longest protected session on them',
  severity: 'warning',
  protectsFrom: 'paying for nodes that have expired, take no new session, and wait for the last one to end',
  because:
    'Karpenter taints a node when `expireAfter` is over, budgets or not, and drains it as soon as nothing protected runs there. With sessions that live longer than nodes, nodes spend their life waiting.',
  source: 'Karpenter 1.14, "Disruption: Expiration"',
  example: {
    of: 'environment',
    breaks: 'nodePools:\n  - name: gpu\n    disruption: { expireAfter: 8h }',
    mended: 'nodePools:\n  - name: gpu\n    disruption: { expireAfter: 14d }',
  },
  check: ({ platform }) =>
    platform.pools.flatMap((pool) => {
      const { expireAfter } = pool.spec.disruption;
      if (expireAfter === 'never' || !runByKarpenter(platform, pool)) return [];
      const longer = sessionsOf(platform, pool).filter(
        ({ spec }) => spec.protected && (spec.maxLifetime === undefined || spec.maxLifetime >= expireAfter),
      );
      if (longer.length === 0) return [];
      const names = longer.map(({ name }) => `"${name}"`).join(', ');
      return [
        {
          at: [...pool.at, 'disruption', 'expireAfter'],
          message: `nodes expire after ${formatGoDuration(expireAfter)}, and sessions of ${names} may live as long or longer.`,
          hint: 'Let nodes live longer, or give the profiles a shorter maxLifetime.',
        },
      ];
    }),
};
