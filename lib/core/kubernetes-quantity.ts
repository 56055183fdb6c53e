/** A quantity as manifests hold it: text in the grammar of k8s.io/apimachinery/pkg/api/resource, or a number. */
export type Quantity = string | number;

const QUANTITY =
  /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?:(?<suffix>[numkMGTPE]|[KMGTPE]i)|[eE](?<exponent>[+-]?\d{1,2}))?$/;
/** Billionths in one unit of each suffix; what is smaller than a billionth is rounded up, as Kubernetes does. */
const NANO: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 10n ** 3n,
  m: 10n ** 6n,
  '': 10n ** 9n,
  k: 10n ** 12n,
  M: 10n ** 15n,
  G: 10n ** 18n,
  T: 10n ** 21n,
  P: 10n ** 24n,
  E: 10n ** 27n,
  Ki: 10n ** 9n * 2n ** 10n,
  Mi: 10n ** 9n * 2n ** 20n,
  Gi: 10n ** 9n * 2n ** 30n,
  Ti: 10n ** 9n * 2n ** 40n,
  Pi: 10n ** 9n * 2n ** 50n,
  Ei: 10n ** 9n * 2n ** 60n,
};

/**
 * Any Kubernetes quantity in billionths, exactly, so that two spellings can be compared: `1000m` is `1` is `1e0`;
 * `undefined` where the text is no quantity.
 */
export function parseQuantity(text: string): bigint | undefined {
  const match = QUANTITY.exec(text);
  if (!match?.groups) return undefined;
  const { sign, whole = '', fraction = '', suffix = '', exponent = '0' } = match.groups;
  if (whole === '' && fraction === '') return undefined;
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction) * (NANO[suffix] ?? 1n) * 10n ** BigInt(Math.max(0, shift));
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  const nano = (digits + divisor - 1n) / divisor;
  return sign === '-' ? -nano : nano;
}

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

const UNIT = 10n ** 9n;
const THOUSANDTH = 10n ** 6n;

/** In parts of so many billionths, a part of one rounded up. */
function exactValue(text: string, size: bigint): number | undefined {
  const nano = parseQuantity(text);
  if (nano === undefined) return undefined;
  return Number(nano / size + (nano > 0n && nano % size !== 0n ? 1n : 0n));
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
  return millis === undefined ? exactValue(text, UNIT) : Math.ceil(millis / 1000);
}

/** `Quantity.MilliValue()`: thousandths, a part of one rounded up; `undefined` where the text is no quantity. */
export function quantityMilliValue(quantity: Quantity): number | undefined {
  const text = String(quantity);
  return commonMillis(text) ?? exactValue(text, THOUSANDTH);
}
