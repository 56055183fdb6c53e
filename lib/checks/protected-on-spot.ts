import type { Platform } from '../model/platform.ts';
import type { Finding, Rule } from './rule.ts';

function takesSpot(platform: Platform, name: string): boolean {
  const capacity = platform.pools.find((pool) => pool.name === name)?.spec.capacity;
  return capacity?.kind === 'ec2' && capacity.capacityTypes.includes('spot');
}

function driverFindings(platform: Platform): readonly Finding[] {
  const driver = platform.spark?.driver;
  if (!driver || !takesSpot(platform, driver.pool)) return [];
  return [
    {
      at: [...driver.at, 'pool'],
      message: `an application ends with its driver, and pool "${driver.pool}" takes spot capacity.`,
      hint: 'Choose an on-demand pool for the driver; executors may be on spot.',
    },
  ];
}

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
  check: ({ platform }) => [
    ...platform.profiles.flatMap(({ at, pool, spec }) => {
      if (!takesSpot(platform, pool) || (spec.interruptible && !spec.protected)) return [];
      const what = spec.protected ? 'is protected' : 'is not interruptible';
      return [
        {
          at,
          message: `${what}, and pool "${pool}" takes spot capacity.`,
          hint: 'Set interruptible: true and protected: false, or choose an on-demand pool.',
        },
      ];
    }),
    ...driverFindings(platform),
  ],
};
