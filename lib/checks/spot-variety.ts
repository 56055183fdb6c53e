import type { Rule } from './rule.ts';

export const spotVariety: Rule = {
  id: 'AUTO008',
  title: 'Pools on spot capacity have several instance types to choose from',
  severity: 'warning',
  protectsFrom: 'a pool that has no nodes for hours, because the one type it may use is sold out',
  because:
    'Spot capacity is what is left of each type in each zone. With one type there is nothing else to launch when it runs out, and all nodes are interrupted together.',
  source: 'AWS, "Best practices for Amazon EC2 Spot: Be flexible about instance types"',
  example: {
    of: 'environment',
    breaks: `nodePools:
  - name: cpu
    capacity: { capacityTypes: [spot] }
sessionProfiles:
  - { name: small, protected: false, interruptible: true }`,
    mended: `nodePools:
  - name: cpu
    capacity: { capacityTypes: [spot], instanceTypes: [m7i.4xlarge, m7a.4xlarge, m6i.4xlarge] }
sessionProfiles:
  - { name: small, protected: false, interruptible: true }`,
  },
  check: ({ platform }) =>
    platform.pools.flatMap(({ at, spec: { capacity } }) => {
      if (capacity.kind !== 'ec2' || !capacity.capacityTypes.includes('spot') || capacity.instanceTypes.length > 1)
        return [];
      const message = `${capacity.instanceTypes.join(', ')} is the only type this pool may buy on the spot market.`;
      return [
        { at: [...at, 'capacity', 'instanceTypes'], message, hint: 'Add types of the same size from other families.' },
      ];
    }),
};
