const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const DURATION = /^(?:\d+[smhd])+$/;

/** The same as text, for JSON Schema. */
export const DURATION_PATTERN = DURATION.source;

/** `"1h30m"` to seconds; `undefined` where the text is no duration. Units: s, m, h and d (24 h). */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let seconds = 0;
  for (const [, number, unit] of text.matchAll(/(\d+)([smhd])/g)) {
    seconds += Number(number) * (UNITS[unit ?? 's'] ?? 1);
  }
  return seconds;
}

/** Seconds as a Go duration without days, as Karpenter and cluster-autoscaler read it: `1h30m`, `5m`, `90s`. */
export function formatGoDuration(seconds: number): string {
  if (seconds === 0) return '0s';
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  return `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${rest ? `${rest}s` : ''}`;
}
