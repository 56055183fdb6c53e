import { formatGoDuration } from '../core/duration.ts';
import { runByKarpenter, sessionsOf } from './reading/pool-sessions.ts';
import type { Rule } from './rule.ts';

export const graceUnderSession: Rule = {
  id: 'AUTO001',
  title: 'The termination grace period of a pool is no shorter than a protected session may live',
  severity: 'error',
  protectsFrom: 'protected sessions that are ended by force, because their node has to go',
  because:
    'Once a node is to be replaced (drift, expiry), Karpenter waits for pods with `karpenter.sh/do-not-disrupt` only until `terminationGracePeriod` is over, and then deletes them.',
  source: 'Karpenter 1.14, "Disruption: TerminationGracePeriod"',
  example: {
    of: 'environment',
    breaks: 'nodePools:\n  - name: gpu\n    disruption: { terminationGracePeriod: 1h }',
    mended: 'nodePools:\n  - name: gpu\n    disruption: { terminationGracePeriod: 12h }',
  },
  check: ({ platform }) =>
    platform.pools.flatMap((pool) => {
      const grace = pool.spec.disruption.terminationGracePeriod;
      if (grace === undefined || !runByKarpenter(platform, pool)) return [];
      const cut = sessionsOf(platform, pool).filter(
        ({ spec }) => spec.protected && (spec.maxLifetime === undefined || spec.maxLifetime > grace),
      );
      if (cut.length === 0) return [];
      const lives = cut
        .map(({ name, spec }) =>
          spec.maxLifetime === undefined ? `"${name}" without end` : `"${name}" ${formatGoDuration(spec.maxLifetime)}`,
        )
        .join(', ');
      return [
        {
          at: [...pool.at, 'disruption', 'terminationGracePeriod'],
          message: `${formatGoDuration(grace)} ends protected sessions, which may live longer: ${lives}.`,
          hint: 'Make it longer, give the profiles a maxLifetime, or leave it out.',
        },
      ];
    }),
};
