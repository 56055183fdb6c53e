import type { Rule } from './rule.ts';

export const gpuPoolMinimum: Rule = {
  id: 'AUTO009',
  title: 'GPU pools that an autoscaler runs can reach zero nodes',
  severity: 'warning',
  protectsFrom: 'GPU nodes that run day and night for nobody',
  because: 'cluster-autoscaler never removes the last `min` nodes of a group, idle or not.',
  source: 'cluster-autoscaler 1.36, FAQ "How can I scale a node group to 0?"',
  example: {
    of: 'environment',
    breaks: `autoscaler: { kind: cluster-autoscaler }
nodePools:
  - name: gpu
    capacity: { instanceTypes: [g5.xlarge], min: 1 }`,
    mended: `autoscaler: { kind: cluster-autoscaler }
nodePools:
  - name: gpu
    capacity: { instanceTypes: [g5.xlarge], min: 0 }`,
  },
  check: ({ platform }) =>
    platform.pools.flatMap(({ at, elastic, gpuModel, min }) => {
      if (!elastic || gpuModel === undefined || min === 0) return [];
      const message = `${min} node${min === 1 ? '' : 's'} with ${gpuModel} never go${min === 1 ? 'es' : ''}, whether anybody works or not.`;
      return [
        { at: [...at, 'capacity', 'min'], message, hint: 'Leave min out; hold GPUs for a course by a reservation.' },
      ];
    }),
};
