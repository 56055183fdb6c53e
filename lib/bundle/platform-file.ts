import type { Platform } from '../model/platform.ts';

/** What follows from an environment and cannot be read off its objects: written beside them for `atelier preview`. */
export type PlatformFacts = Pick<Platform, 'pools' | 'profiles'>;

/** Name of the file below `dist/<environment>/`. */
export const PLATFORM_FILE = 'platform.json';

/** Counts up when a field of `Pool` or `Profile` changes its meaning; facts of another format are not compared. */
const FORMAT = 1;

/** The facts as JSON, an entry a line, so that a diff of the file reads well. */
export function platformFacts({ pools, profiles }: PlatformFacts): string {
  const lines = (entries: readonly object[]): string =>
    entries.map((entry) => `\n    ${JSON.stringify(entry)}`).join(',');
  return `{\n  "format": ${FORMAT},\n  "pools": [${lines(pools)}\n  ],\n  "profiles": [${lines(profiles)}\n  ]\n}\n`;
}

/** Reads the facts back; `undefined` where another version of Atelier wrote them. */
export function parsePlatformFacts(text: string): PlatformFacts | undefined {
  try {
    const { format, pools, profiles } = JSON.parse(text) as Partial<PlatformFacts> & { readonly format?: unknown };
    return format === FORMAT && Array.isArray(pools) && Array.isArray(profiles) ? { pools, profiles } : undefined;
  } catch {
    return undefined;
  }
}
