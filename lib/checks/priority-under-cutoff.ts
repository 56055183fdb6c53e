import { AUTOSCALER_PRIORITY_CUTOFF } from '../model/priority-ladder.ts';
import type { Rule } from './rule.ts';

export const priorityUnderCutoff: Rule = {
  id: 'PRI001',
  title: 'Every step of the ladder makes elastic pools grow',
  severity: 'warning',
  protectsFrom: 'pods that stay Pending while their pool could grow: cluster-autoscaler overlooks them',
  check: ({ platform }) =>
    platform.environment.autoscaler.kind !== 'cluster-autoscaler'
      ? []
      : platform.environment.priorities.flatMap(({ name, value }, index) =>
          value >= AUTOSCALER_PRIORITY_CUTOFF
            ? []
            : [
                {
                  at: ['priorities', index, 'value'],
                  message: `"${name}" has ${value}, under cluster-autoscaler's cutoff ${AUTOSCALER_PRIORITY_CUTOFF}.`,
                  hint: `Use ${AUTOSCALER_PRIORITY_CUTOFF} or more.`,
                },
              ],
        ),
};
