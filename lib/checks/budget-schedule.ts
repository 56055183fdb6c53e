import { parseCron } from '../core/cron.ts';
import type { Rule } from './rule.ts';

export const budgetSchedule: Rule = {
  id: 'AUTO006',
  title: 'Schedules of disruption budgets are cron schedules',
  severity: 'error',
  protectsFrom: 'a NodePool with a budget that Karpenter cannot read, which it takes to mean: never disrupt anything',
  because:
    'The kind accepts any text of five words. When Karpenter cannot parse the schedule it reports an error and allows no disruption of the pool at all.',
  source: 'Karpenter 1.14, pkg/apis/v1/nodepool.go GetAllowedDisruptionsByReason',
  example: {
    of: 'environment',
    breaks:
      'nodePools:\n  - name: gpu\n    disruption: { budgets: [{ nodes: "0", schedule: "0 6 * * mo-fri", duration: 12h }] }',
    mended:
      'nodePools:\n  - name: gpu\n    disruption: { budgets: [{ nodes: "0", schedule: "0 6 * * mon-fri", duration: 12h }] }',
  },
  check: ({ platform }) =>
    platform.pools.flatMap(({ at, spec }) =>
      spec.disruption.budgets.flatMap(({ schedule }, index) => {
        if (schedule === undefined || parseCron(schedule)) return [];
        return [
          {
            at: [...at, 'disruption', 'budgets', index, 'schedule'],
            message: `"${schedule}" is no cron schedule: minute, hour, day of month, month, day of week.`,
            hint: 'For example "0 6 * * mon-fri".',
          },
        ];
      }),
    ),
};
