import { runByKarpenter, sessionsOf } from './reading/pool-sessions.ts';
import type { Rule } from './rule.ts';

export const movedSessions: Rule = {
  id: 'AUTO012',
  title: 'Only pools of interruptible or protected sessions are packed tighter',
  severity: 'error',
  protectsFrom: 'sessions that are ended in the middle of work to save a node',
  because:
    'With `when-empty-or-underutilized` Karpenter evicts running pods when they would fit fewer or cheaper nodes. Only the annotation of protected profiles keeps it from doing so.',
  source: 'Karpenter 1.14, "Disruption: Consolidation" (consolidationPolicy)',
  example: {
    of: 'environment',
    breaks: `nodePools:
  - name: cpu
    disruption: { consolidate: when-empty-or-underutilized }
sessionProfiles:
  - { name: small, protected: false }`,
    mended: `nodePools:
  - name: cpu
    disruption: { consolidate: when-empty-or-underutilized }
sessionProfiles:
  - { name: small, protected: true }`,
  },
  check: ({ platform }) =>
    platform.pools.flatMap((pool) => {
      if (pool.spec.disruption.consolidate === 'when-empty' || !runByKarpenter(platform, pool)) return [];
      const moved = sessionsOf(platform, pool).filter(({ spec }) => !spec.protected && !spec.interruptible);
      if (moved.length === 0) return [];
      const names = moved.map(({ name }) => `"${name}"`).join(', ');
      return [
        {
          at: [...pool.at, 'disruption', 'consolidate'],
          message: `running sessions of ${names} may be evicted; they are neither protected nor interruptible.`,
          hint: 'Use "when-empty", or set protected: true on the profiles.',
        },
      ];
    }),
};
