import { AUTOSCALER_PRIORITY_CUTOFF } from '../model/priority-ladder.ts';
import type { Rule } from './rule.ts';

export const priorityUnderCutoff: Rule = {
  id: 'PRI001',
  title: 'Every step of the ladder makes elastic pools grow',
  severity: 'warning',
  protectsFrom: 'pods that stay Pending while their pool could grow: cluster-autoscaler overlooks them',
  because: 'Pods under `--expendable-pods-priority-cutoff`, -10 by default, neither make a group grow nor keep a node.',
  source: 'cluster-autoscaler 1.36, FAQ "How does Cluster Autoscaler work with Pod Priority and Preemption?"',
  example: {
    of: 'environment',
    breaks: `autoscaler: { kind: cluster-autoscaler }
nodePools:
  - { name: gpu, capacity: { instanceTypes: [g5.xlarge] } }
priorities:
  - { name: placeholder, value: -50, tiers: [reservation], description: Holds places. }
  - { name: normal, value: 0, default: true, tiers: [platform, tenant, session, course], description: Everything else. }`,
    mended: `autoscaler: { kind: cluster-autoscaler }
nodePools:
  - { name: gpu, capacity: { instanceTypes: [g5.xlarge] } }
priorities:
  - { name: placeholder, value: -10, tiers: [reservation], description: Holds places. }
  - { name: normal, value: 0, default: true, tiers: [platform, tenant, session, course], description: Everything else. }`,
  },
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
