/**
 * Kubernetes quantities as exact integers: CPU in millicores, memory and storage in bytes.
 * Grammar: k8s.io/apimachinery/pkg/api/resource (decimal suffixes m k M G T P, binary Ki Mi Gi Ti Pi).
 */
const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

const AMOUNT = '\\d+(?:\\.\\d+)?';
const SUFFIX = 'k|M|G|T|P|Ki|Mi|Gi|Ti|Pi';
const BYTES = new RegExp(`^(?<number>${AMOUNT})(?<suffix>${SUFFIX}|)$`);
const CPU = /^(?:(?<millis>\d+)m|(?<cores>\d+)(?:\.(?<fraction>\d{1,3})0*)?)$/;

/** For JSON Schema: bytes with a unit, and CPU. */
export const BYTES_PATTERN = `^${AMOUNT}(?:${SUFFIX})$`;
export const CPU_PATTERN = CPU.source.replace(/\?<\w+>/g, '');

export const MiB = 2 ** 20;
export const GiB = 2 ** 30;

/** `"16Gi"` to bytes; `undefined` where the text is no quantity. A fraction of a byte is rounded up, as Kubernetes does. */
export function parseBytes(text: string): number | undefined {
  const match = BYTES.exec(text);
  if (!match?.groups) return undefined;
  const { number = '', suffix = '' } = match.groups;
  const bytes = Math.ceil(Number(number) * (FACTORS[suffix] ?? 1));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** `"3920m"` or `"4"` or `"0.5"` to millicores; `undefined` where the text is no CPU quantity. */
export function parseMillicpu(text: string): number | undefined {
  const match = CPU.exec(text);
  if (!match?.groups) return undefined;
  const { millis, cores = '', fraction = '' } = match.groups;
  const millicpu = millis === undefined ? Number(cores) * 1000 + Number(fraction.padEnd(3, '0')) : Number(millis);
  return Number.isSafeInteger(millicpu) ? millicpu : undefined;
}

/** What somebody means who writes `12g`, `64 GB` or `1.5GiB`: `12G`, `64G`, `1.5Gi`; `undefined` where that is not plain. */
export function correctBytes(text: string): string | undefined {
  const [, number, unit, binary] = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp])(i?)b?\s*$/i.exec(text) ?? [];
  if (number === undefined || unit === undefined) return undefined;
  const prefix = unit.toLowerCase() === 'k' && !binary ? 'k' : unit.toUpperCase();
  return `${number}${prefix}${binary ? 'i' : ''}`;
}

/** What somebody means who writes `8 cores` or `250M`: `8`, `250m`; `undefined` where that is not plain. */
export function correctCpu(text: string): string | undefined {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*(m|milli(?:cores?|cpus?)|cores?|v?cpus?)?\s*$/i.exec(text) ?? [];
  return number === undefined ? undefined : `${number}${/^m/i.test(unit) ? 'm' : ''}`;
}

/** Millicores in the shortest form Kubernetes prints: `4`, `3920m`. */
export function formatMillicpu(millicpu: number): string {
  return millicpu % 1000 === 0 ? String(millicpu / 1000) : `${millicpu}m`;
}

/** Bytes with the largest binary suffix that divides them: `16Gi`, `14162Mi`. */
export function formatBytes(bytes: number): string {
  for (const suffix of ['Ti', 'Gi', 'Mi', 'Ki']) {
    const factor = FACTORS[suffix] ?? 1;
    if (bytes !== 0 && bytes % factor === 0) return `${bytes / factor}${suffix}`;
  }
  return String(bytes);
}

/** Bytes for people, one decimal: `13.8 GiB`. */
export function describeBytes(bytes: number): string {
  return bytes >= GiB ? `${(bytes / GiB).toFixed(1)} GiB` : `${(bytes / MiB).toFixed(0)} MiB`;
}
