import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sizesByZone } from '../../lib/nodes/group-sizes.ts';

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

describe('NODE-2 sizes of the groups of a pool', () => {
  test('GIVEN 4 nodes at most in 3 zones WHEN dealt out THEN the first zone gets the fourth', () => {
    expect(sizesByZone(['a', 'b', 'c'], 1, 4)).toEqual([
      { zones: ['a'], min: 1, max: 2 },
      { zones: ['b'], min: 0, max: 1 },
      { zones: ['c'], min: 0, max: 1 },
    ]);
  });

  test('GIVEN fewer nodes than zones WHEN dealt out THEN a zone without a node has no group', () => {
    expect(sizesByZone(['a', 'b'], 0, 1)).toEqual([{ zones: ['a'], min: 0, max: 1 }]);
  });

  test('GIVEN any pool WHEN dealt out THEN the sizes add up to the pool and each group is possible', () => {
    const pools = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(40), fc.nat(40))
      .map(([zones, min, more]) => ({ zones: Array.from({ length: zones }, (_, zone) => `z${zone}`), min, more }));
    fc.assert(
      fc.property(pools, ({ zones, min, more }) => {
        const max = Math.max(1, min + more);
        const groups = sizesByZone(zones, min, max);
        expect(total(groups.map((group) => group.min))).toBe(min);
        expect(total(groups.map((group) => group.max))).toBe(max);
        for (const group of groups) expect(group.min <= group.max && group.max >= 1).toBe(true);
      }),
    );
  });
});
