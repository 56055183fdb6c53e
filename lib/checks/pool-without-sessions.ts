import { podDemands } from '../model/pod-demands.ts';
import { formatTaint } from '../model/taint.ts';
import type { Rule } from './rule.ts';

export const poolWithoutSessions: Rule = {
  id: 'NODE001',
  title: 'The taints of every pool, but for system pools, are tolerated by some session profile or by Spark',
  severity: 'error',
  protectsFrom: 'a pool that nothing can ever use: its nodes idle, or never start',
  because:
    'A taint keeps away every pod that does not tolerate it. Sessions tolerate what the pool of their profile has, and nothing else tolerates it for them.',
  source: 'Kubernetes documentation, "Taints and Tolerations"',
  example: {
    of: 'environment',
    breaks: `nodePools:
  - name: licensed
    role: dedicated
    capacity: { kind: ec2, instanceTypes: [m7i.xlarge], max: 1 }`,
    mended: `nodePools:
  - name: licensed
    role: general
    capacity: { kind: ec2, instanceTypes: [m7i.xlarge], max: 1 }`,
  },
  check: ({ platform }) => {
    const used = new Set(podDemands(platform).map(({ pool }) => pool));
    return platform.pools
      .filter(({ name, spec, taints }) => spec.role !== 'system' && taints.length > 0 && !used.has(name))
      .map((pool) => ({
        at: pool.at,
        message: `no session profile tolerates ${pool.taints.map(formatTaint).join(', ')}, so nothing runs on this pool.`,
        hint: `Give a session profile pool "${pool.name}", or remove the pool.`,
      }));
  },
};
