import type { Platform } from '../model/platform.ts';

/** What follows from an environment and cannot be read off its objects: written beside them for `atelier preview`. */
export type PlatformFacts = Pick<Platform, 'pools' | 'profiles' | 'spark'>;

/** Name of the file below `dist/<environment>/`. */
export const PLATFORM_FILE = 'platform.json';

/** Counts up when a field of `Pool` or `Profile` changes its meaning; facts of another format are not compared. */
const FORMAT = 1;

/** The facts as JSON, an entry a line, so that a diff of the file reads well. */
export function platformFacts({ pools, profiles, spark }: PlatformFacts): string {
  const lines = (entries: readonly object[]): string =>
    entries.map((entry) => `\n    ${JSON.stringify(entry)}`).join(',');
  const sections = [
    `"format": ${FORMAT}`,
    `"pools": [${lines(pools)}\n  ]`,
    `"profiles": [${lines(profiles)}\n  ]`,
    ...(spark ? [`"spark": ${JSON.stringify(spark)}`] : []),
  ];
  return `{\n  ${sections.join(',\n  ')}\n}\n`;
}

/** Reads the facts back; `undefined` where another version of Atelier wrote them. */
export function parsePlatformFacts(text: string): PlatformFacts | undefined {
  try {
    const { format, ...facts } = JSON.parse(text) as PlatformFacts & { readonly format?: unknown };
    return format === FORMAT && Array.isArray(facts.pools) && Array.isArray(facts.profiles) ? facts : undefined;
  } catch {
    return undefined;
  }
}
