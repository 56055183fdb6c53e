import { expect, test } from 'vitest';
import { isSoldIn } from '../../lib/catalog/instance-offerings.ts';

test.each([
  ['g5.xlarge', 'eu-central-1', true],
  ['p5.48xlarge', 'us-west-1', true],
  // The smaller one of the family is sold in fewer regions.
  ['p5.4xlarge', 'us-west-1', false],
  ['p5.4xlarge', 'eu-central-1', false],
  ['g5.xlarge', 'eu-nowhere-1', undefined],
  ['g5.xlrage', 'eu-central-1', undefined],
])('GIVEN %s WHEN asked for in %s THEN %s (NODE-4)', (type, region, sold) => {
  expect(isSoldIn(type, region)).toBe(sold);
});
