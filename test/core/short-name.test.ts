import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DNS_LABEL } from '../../lib/core/names.ts';
import { shortName } from '../../lib/core/short-name.ts';

const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);

test('GIVEN any two names THEN what is made of them fits, is a name, and differs', () => {
  fc.assert(
    fc.property(name, name, fc.constantFrom('owners', 'pod-defaults'), fc.constantFrom(52, 63), (a, b, suffix, max) => {
      const made = shortName(a, suffix, max);
      expect(made.length).toBeLessThanOrEqual(max);
      expect(made).toMatch(DNS_LABEL);
      if (a !== b) expect(shortName(b, suffix, max)).not.toBe(made);
    }),
  );
});

test('GIVEN a name that fits THEN it is not touched', () => {
  expect(shortName('vision', 'owners')).toBe('vision-owners');
  expect(shortName('x'.repeat(56), 'owners')).toBe(`${'x'.repeat(56)}-owners`);
  expect(shortName('x'.repeat(57), 'owners')).toMatch(/^x{49}-[0-9a-f]{6}-owners$/);
});
