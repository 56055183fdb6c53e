import { formatGoDuration } from '../core/duration.ts';
import type { Rule } from './rule.ts';

/** Seconds; less than any EC2 instance takes from launch to its first pod. */
const SHORTEST = 60;

export const idleTooShort: Rule = {
  id: 'AUTO004',
  title: 'Nodes stay for at least a minute after their last pod',
  severity: 'warning',
  protectsFrom: 'users who wait for a new node, minutes long, right after one like it was thrown away',
  because:
    'A node takes one to several minutes until it runs its first pod, and longer with a large image. Removed the moment it is empty, it is launched again for the next session or the retry of a job.',
  source:
    'Karpenter 1.14, "Disruption: Consolidation" (consolidateAfter); cluster-autoscaler FAQ, scale-down-unneeded-time',
  example: {
    of: 'environment',
    breaks: 'nodePools:\n  - name: gpu\n    disruption: { idleAfter: 10s }',
    mended: 'nodePools:\n  - name: gpu\n    disruption: { idleAfter: 5m }',
  },
  check: ({ platform }) =>
    platform.pools.flatMap(({ at, elastic, spec: { disruption, role } }) => {
      const { idleAfter } = disruption;
      if (!elastic || role === 'system' || idleAfter >= SHORTEST) return [];
      const message = `nodes go ${formatGoDuration(idleAfter)} after their last pod, sooner than a new one is there.`;
      return [{ at: [...at, 'disruption', 'idleAfter'], message, hint: 'Use at least 1m, better 5m.' }];
    }),
};
