import { platformHomes } from './reading/platform-home.ts';
import type { Rule } from './rule.ts';

export const replicasApart: Rule = {
  id: 'NODE012',
  title: 'There are as many nodes for the platform as Prometheus has replicas',
  severity: 'error',
  protectsFrom: 'a Prometheus that stays Pending for ever, because its replicas never share a node',
  because:
    'Several replicas of Prometheus and Alertmanager get a required anti-affinity by host name, so that one lost node never takes both.',
  source: 'chart kube-prometheus-stack 88, values prometheusSpec.podAntiAffinity hard',
  example: {
    of: 'environment',
    breaks: 'monitoring: { replicas: 3 }',
    mended: 'monitoring: { replicas: 2 }',
  },
  check: ({ platform }) => {
    const { replicas } = platform.environment.monitoring;
    const nodes = platformHomes(platform).reduce((sum, { most }) => sum + most, 0);
    if (replicas === 1 || replicas <= nodes) return [];
    const message = `${replicas} replicas, each on a node of its own, and ${nodes} nodes for the platform.`;
    return [{ at: ['monitoring', 'replicas'], message, hint: 'Use fewer, or give the platform more nodes.' }];
  },
};
