import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatGoDuration, parseDuration } from '../../lib/core/duration.ts';

test.each([
  ['5m', 300],
  ['1h30m', 5400],
  ['14d', 1_209_600],
  ['90s', 90],
])('%s is %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(['', '5', 'm', '5 m', '-5m', '1.5h', '5min'])('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('a Go duration reads back as the same number of seconds and never uses days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
      const text = formatGoDuration(seconds);
      expect(text).toMatch(/^(\d+h)?(\d+m)?(\d+s)?$/);
      expect(parseDuration(text)).toBe(seconds);
    }),
  );
});
