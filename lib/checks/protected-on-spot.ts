import type { Rule } from './rule.ts';

export const protectedOnSpot: Rule = {
  id: 'NODE003',
  title: 'Only interruptible, unprotected work runs on pools with spot capacity',
  severity: 'error',
  protectsFrom: 'sessions that lose their node with two minutes of notice, which no annotation prevents',
  because:
    'EC2 takes a spot instance back with two minutes of notice. Neither `karpenter.sh/do-not-disrupt` nor a PodDisruptionBudget holds it: the machine is switched off.',
  source: 'AWS, "Spot Instance interruption notices"; Karpenter 1.14, "Disruption: Interruption"',
  example: {
    of: 'environment',
    breaks: `nodePools:
  - name: cpu
    capacity: { capacityTypes: [spot], instanceTypes: [m7i.4xlarge, m6i.4xlarge] }`,
    mended: `nodePools:
  - name: cpu
    capacity: { capacityTypes: [on-demand], instanceTypes: [m7i.4xlarge, m6i.4xlarge] }`,
  },
  check: ({ platform }) =>
    platform.profiles.flatMap(({ at, pool: poolName, spec }) => {
      const capacity = platform.pools.find(({ name }) => name === poolName)?.spec.capacity;
      if (capacity?.kind !== 'ec2' || !capacity.capacityTypes.includes('spot')) return [];
      if (spec.interruptible && !spec.protected) return [];
      const what = spec.protected ? 'is protected' : 'is not interruptible';
      return [
        {
          at,
          message: `${what}, and pool "${poolName}" takes spot capacity.`,
          hint: 'Set interruptible: true and protected: false, or choose an on-demand pool.',
        },
      ];
    }),
};
