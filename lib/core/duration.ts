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

/** What somebody means who writes `1 day` or `30min`: `1d`, `30m`; `undefined` where that is not plain. */
export function correctDuration(text: string): string | undefined {
  const word = /^\s*(\d+)\s*(s|m|h|d)(?:ec(?:ond)?|in(?:ute)?|r|our|ay)?s?\s*$/i.exec(text);
  return word?.[1] === undefined || word[2] === undefined ? undefined : `${word[1]}${word[2].toLowerCase()}`;
}

/** Seconds as a Go duration without days, as Karpenter and cluster-autoscaler read it: `1h30m`, `5m`, `90s`. */
export function formatGoDuration(seconds: number): string {
  if (seconds === 0) return '0s';
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  return `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${rest ? `${rest}s` : ''}`;
}
