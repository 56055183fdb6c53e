import type { Platform } from '../model/platform.ts';
import type { Rule } from './rule.ts';

/** Most nodes that the platform's own pods can spread over. */
function platformNodes({ pools, environment }: Platform): number {
  const system = pools.filter(({ spec }) => spec.role === 'system');
  const homes = system.length > 0 ? system : pools.filter(({ taints }) => taints.length === 0);
  // With Karpenter nobody scales the pool that Karpenter itself stands on.
  const fixed = environment.autoscaler.kind === 'karpenter' && system.length > 0;
  return homes.reduce((sum, { min, max }) => sum + (fixed ? min : max), 0);
}

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
    const nodes = platformNodes(platform);
    if (replicas === 1 || replicas <= nodes) return [];
    const message = `${replicas} replicas, each on a node of its own, and ${nodes} nodes for the platform.`;
    return [{ at: ['monitoring', 'replicas'], message, hint: 'Use fewer, or give the platform more nodes.' }];
  },
};
