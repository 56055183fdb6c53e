import { coversAllTime, parseCron } from '../core/cron.ts';
import type { NodePool } from '../model/node-pool.ts';
import { runByKarpenter } from './reading/pool-sessions.ts';
import type { Rule } from './rule.ts';

type Budget = NodePool['disruption']['budgets'][number];

/** Whether the budget keeps every empty node, at every minute of the week. */
function keepsEmptyNodes({ nodes, reasons, schedule, duration }: Budget): boolean {
  if (Number(nodes.replace('%', '')) > 0 || (reasons && !reasons.includes('Empty'))) return false;
  if (schedule === undefined || duration === undefined) return true;
  const parsed = parseCron(schedule);
  return parsed !== undefined && coversAllTime(parsed, duration);
}

export const noDisruptionEver: Rule = {
  id: 'AUTO003',
  title: 'No budget keeps empty nodes for ever',
  severity: 'error',
  protectsFrom: 'a pool that grows and never shrinks: GPU nodes run on, empty, day and night',
  because:
    'The smallest budget that is open for a reason counts. A budget of 0 nodes without a schedule, or with windows that leave no gap, forbids the removal of empty nodes too unless it names other reasons.',
  source: 'Karpenter 1.14, "Disruption: NodePool Disruption Budgets"',
  example: {
    of: 'environment',
    breaks: 'nodePools:\n  - name: gpu\n    disruption: { budgets: [{ nodes: "0" }] }',
    mended:
      'nodePools:\n  - name: gpu\n    disruption: { budgets: [{ nodes: "0", reasons: [Drifted, Underutilized] }] }',
  },
  check: ({ platform }) =>
    platform.pools.flatMap((pool) => {
      if (!runByKarpenter(platform, pool)) return [];
      return pool.spec.disruption.budgets.flatMap((budget, index) =>
        keepsEmptyNodes(budget)
          ? [
              {
                at: [...pool.at, 'disruption', 'budgets', index],
                message: `${budget.nodes} nodes may go at any time, empty ones included, so the pool never shrinks.`,
                hint: 'Name the reasons Drifted and Underutilized, or a schedule that leaves hours open.',
              },
            ]
          : [],
      );
    }),
};
