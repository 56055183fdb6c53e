/** A quantity as manifests hold it: text in the grammar of k8s.io/apimachinery/pkg/api/resource, or a number. */
export type Quantity = string | number;

const GRAMMAR = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?<suffix>[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;
const DECIMAL_EXPONENTS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY_EXPONENTS: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** Nearly all quantities: few digits, a common suffix. Plain numbers count them exactly, and ten times as fast. */
const COMMON = /^(\d{1,6})([mkMG]|[KMG]i)?$/;
const COMMON_MILLIS: Readonly<Record<string, number>> = {
  '': 1e3,
  m: 1,
  k: 1e6,
  M: 1e9,
  G: 1e12,
  Ki: 1e3 * 2 ** 10,
  Mi: 1e3 * 2 ** 20,
  Gi: 1e3 * 2 ** 30,
};

function decimalExponent(suffix: string): number {
  return /^[eE][+-]?\d/.test(suffix) ? Number(suffix.slice(1)) : (DECIMAL_EXPONENTS[suffix] ?? 0);
}

function ceilDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator > 0n && numerator % denominator !== 0n ? quotient + 1n : quotient;
}

function exactValue(text: string, perUnit: bigint): number | undefined {
  const groups = GRAMMAR.exec(text)?.groups;
  if (!groups) return undefined;
  const { sign, whole = '', fraction = '', suffix = '' } = groups;
  if (whole === '' && fraction === '') return undefined;
  const exponent = decimalExponent(suffix) - fraction.length;
  const factor = perUnit * 2n ** BigInt(BINARY_EXPONENTS[suffix] ?? 0);
  const digits = BigInt(whole + fraction) * factor * (sign === '-' ? -1n : 1n);
  return Number(exponent < 0 ? ceilDivide(digits, 10n ** BigInt(-exponent)) : digits * 10n ** BigInt(exponent));
}

function commonMillis(text: string): number | undefined {
  const [, digits, suffix = ''] = COMMON.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const millis = Number(digits) * (COMMON_MILLIS[suffix] ?? Number.NaN);
  return Number.isSafeInteger(millis) ? millis : undefined;
}

/** `Quantity.Value()`: whole units, a part of one rounded up; `undefined` where the text is no quantity. */
export function quantityValue(quantity: Quantity): number | undefined {
  if (Number.isSafeInteger(quantity)) return Number(quantity);
  const text = String(quantity);
  const millis = commonMillis(text);
  return millis === undefined ? exactValue(text, 1n) : Math.ceil(millis / 1000);
}

/** `Quantity.MilliValue()`: thousandths, a part of one rounded up; `undefined` where the text is no quantity. */
export function quantityMilliValue(quantity: Quantity): number | undefined {
  const text = String(quantity);
  return commonMillis(text) ?? exactValue(text, 1000n);
}
