import { expect, test } from 'vitest';
import { groupScaling } from '../../../lib/pulumi/aws/group-scaling.ts';

const wanted = { min: 2, max: 6, desired: 2 };

test.each([
  { name: 'there is no such group yet', live: undefined, desired: 2, ignored: true },
  { name: 'the bounds are those of now', live: { min: 2, max: 6, desired: 5 }, desired: 2, ignored: true },
  { name: 'the most changes', live: { min: 2, max: 8, desired: 5 }, desired: 5, ignored: false },
  { name: 'the least rises above what runs', live: { min: 0, max: 6, desired: 1 }, desired: 2, ignored: false },
  { name: 'the most falls below what runs', live: { min: 2, max: 9, desired: 9 }, desired: 6, ignored: false },
])(
  'CLOUD-1: GIVEN a node group WHEN $name THEN EKS is told no size that sends nodes away for nothing',
  ({ live, desired, ignored }) => {
    expect(groupScaling(wanted, live)).toEqual({
      config: { minSize: 2, maxSize: 6, desiredSize: desired },
      ignoreChanges: ignored ? ['scalingConfig.desiredSize'] : [],
    });
  },
);
