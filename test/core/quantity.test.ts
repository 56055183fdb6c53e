import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatBytes, formatMillicpu, parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';

describe('quantities as Kubernetes reads them', () => {
  test.each([
    ['1', 1000],
    ['500m', 500],
    ['0.5', 500],
    ['3.92', 3920],
    ['1.5', 1500],
  ])('CPU %s is %i millicores', (text, millicpu) => {
    expect(parseMillicpu(text)).toBe(millicpu);
  });

  test.each(['', 'lots', '-1', '1k', '1.0005', '0x10', '1e3', '5M', ' 1'])('"%s" is no CPU quantity', (text) => {
    expect(parseMillicpu(text)).toBeUndefined();
  });

  test.each([
    ['16Gi', 17_179_869_184],
    ['16G', 16_000_000_000],
    ['0.5Ki', 512],
    ['1024', 1024],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  test.each(['', '4Q', '-1Gi', '16GB', '16 Gi', '9999999Pi'])('"%s" is no amount of memory', (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });

  test('what is formatted reads back as the same number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 43 }), (number) => {
        expect(parseBytes(formatBytes(number))).toBe(number);
        expect(parseMillicpu(formatMillicpu(number))).toBe(number);
      }),
    );
  });
});
