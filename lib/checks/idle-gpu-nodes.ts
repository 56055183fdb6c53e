import { formatGoDuration } from '../core/duration.ts';
import type { Rule } from './rule.ts';

export const idleGpuNodes: Rule = {
  id: 'AUTO005',
  title: 'Empty GPU nodes go sooner than idle GPU sessions',
  severity: 'warning',
  protectsFrom: 'paying for GPUs that nobody even sits at, longer than for those that somebody forgot',
  because:
    '`idleAfter` counts from the last pod of a node, after the session has already idled for its whole timeout. Both add up on the bill.',
  source: 'SPEC WB-5 and NODE-6 of Atelier; Karpenter 1.14, "Disruption: Consolidation"',
  example: {
    of: 'environment',
    breaks: 'nodePools:\n  - name: gpu\n    disruption: { idleAfter: 8h }',
    mended: 'nodePools:\n  - name: gpu\n    disruption: { idleAfter: 10m }',
  },
  check: ({ platform }) => {
    const { gpuLimit } = platform.environment.workbench.timeouts;
    return platform.pools.flatMap(({ at, elastic, gpuModel, spec: { disruption } }) => {
      const { idleAfter } = disruption;
      if (!elastic || gpuModel === undefined || idleAfter <= gpuLimit) return [];
      const message = `empty nodes with ${gpuModel} stay ${formatGoDuration(idleAfter)}, longer than the ${formatGoDuration(gpuLimit)} a session may idle.`;
      return [{ at: [...at, 'disruption', 'idleAfter'], message, hint: 'Use minutes.' }];
    });
  },
};
