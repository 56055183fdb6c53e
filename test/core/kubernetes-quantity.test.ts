import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuantity, quantityMilliValue, quantityValue } from '../../lib/core/kubernetes-quantity.ts';

describe('quantities of manifests, as the scheduler counts them', () => {
  test.each([
    ['1', 1],
    [3, 3],
    [1.5, 2],
    ['500m', 1],
    ['1001m', 2],
    ['0.5Ki', 512],
    ['16Gi', 17_179_869_184],
    ['0.25Ti', 274_877_906_944],
    ['1e3', 1000],
    ['1E', 1e18],
    ['.5', 1],
    ['+2', 2],
    ['-2500m', -2],
    ['1u', 1],
    ['0.1Gi', 107_374_183],
  ])('%s is %i units', (text, units) => {
    expect(quantityValue(text)).toBe(units);
  });

  test.each([
    ['0.5', 500],
    ['1', 1000],
    [2, 2000],
    ['1500m', 1500],
    ['0.0001', 1],
    ['1500u', 2],
    ['2k', 2_000_000],
    ['1e-1', 100],
  ])('%s is %i thousandths', (text, thousandths) => {
    expect(quantityMilliValue(text)).toBe(thousandths);
  });

  test.each(['', '.', 'm', '1Q', '1 Gi', '1ki', 'e3', '0x10', '1e'])('"%s" is no quantity', (text) => {
    expect(quantityValue(text)).toBeUndefined();
    expect(quantityMilliValue(text)).toBeUndefined();
  });

  test('GIVEN the fast way and the exact one WHEN both can read a text THEN they agree', () => {
    const suffix = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi');
    fc.assert(
      fc.property(fc.nat(2_000_000), suffix, (digits, unit) => {
        // A sign leads to the exact way.
        expect(quantityValue(`${digits}${unit}`)).toBe(quantityValue(`+${digits}${unit}`));
        expect(quantityMilliValue(`${digits}${unit}`)).toBe(quantityMilliValue(`+${digits}${unit}`));
      }),
    );
  });
});

describe('any quantity, for comparing (PROVE-3)', () => {
  test.each([
    ['1000m', '1'],
    ['1e3', '1k'],
    ['1Gi', '1024Mi'],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['-1', '-1000m'],
    ['1.5Gi', '1536Mi'],
    ['100e-2', '1'],
    ['1E', '1000P'],
    ['1u', '1000n'],
  ])('%s is %s', (one, other) => {
    expect(parseQuantity(one)).toBeDefined();
    expect(parseQuantity(one)).toBe(parseQuantity(other));
  });

  test('more than a number of JavaScript holds is told apart', () => {
    expect(parseQuantity('9007199254740993')).not.toBe(parseQuantity('9007199254740992'));
  });

  test.each(['', '.', 'm', '1.2.3', '1KB', 'v1', '1 Gi', '0x10', 'e3', '1e999'])('"%s" is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});
