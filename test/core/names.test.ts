import { describe, expect, test } from 'vitest';
import { fitName } from '../../lib/core/names.ts';

describe('names that must fit', () => {
  test('GIVEN a name that fits WHEN fitted THEN it stays', () => {
    expect(fitName('a'.repeat(63))).toBe('a'.repeat(63));
  });

  test('GIVEN two long names with one beginning WHEN fitted THEN both fit, differ, and stay the same next time', () => {
    const [one, two] = [`${'a'.repeat(70)}-1`, `${'a'.repeat(70)}-2`];
    expect(fitName(one)).toHaveLength(63);
    expect(fitName(one)).not.toBe(fitName(two));
    expect(fitName(one)).toBe(fitName(one));
  });

  test('GIVEN a cut that ends in a separator WHEN fitted THEN there are not two in a row', () => {
    expect(fitName(`${'a'.repeat(53)}-${'b'.repeat(20)}`)).toMatch(/^a{53}-[0-9a-f]{8}$/);
  });
});
