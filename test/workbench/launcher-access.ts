import { readIni, type Section } from './ini.ts';

/** A user as the operating system of the servers knows him. */
export interface SystemUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/** Keys of launcher.kubernetes.profiles.conf (posit-dev/team-operator api/core/v1beta1/workbench_config.go). */
const KEYS: ReadonlySet<string> = new Set([
  'container-images',
  'default-container-image',
  'allow-unknown-images',
  'placement-constraints',
  'resource-profiles',
  'allow-custom-resources',
  'default-cpus',
  'default-mem-mb',
  'default-nvidia-gpus',
  'max-cpus',
  'max-mem-mb',
  'max-nvidia-gpus',
  'cpu-request-ratio',
  'memory-request-ratio',
]);

const LEVELS = { everyone: 0, group: 1, user: 2 } as const;

function level(section: Section): number {
  if (section.name === '*') return LEVELS.everyone;
  return section.name.startsWith('@') ? LEVELS.group : LEVELS.user;
}

function matches(section: Section, user: SystemUser): boolean {
  if (section.name === '*') return true;
  return section.name.startsWith('@') ? user.groups.includes(section.name.slice(1)) : section.name === user.name;
}

/**
 * The profile file as the launcher loads it: an unknown key, or a group that the system does not have, and the whole file
 * is rejected (rstudio-launcher-plugin-sdk, sdk/src/options/AbstractUserProfiles.cpp).
 */
export function loadProfiles(text: string, knownGroups: readonly string[]): readonly Section[] {
  const sections = readIni(text);
  for (const section of sections) {
    for (const key of section.values.keys()) if (!KEYS.has(key)) throw new Error(`unknown key ${key}`);
    if (section.name.startsWith('@') && !knownGroups.includes(section.name.slice(1))) {
      throw new Error(`unknown group ${section.name}`);
    }
  }
  return sections;
}

/** One key for one user. Of the sections that match, a less specific one never overrides; of equal ones the last does. */
export function valueFor(sections: readonly Section[], user: SystemUser, key: string): string | undefined {
  let specificity = -1;
  let value: string | undefined;
  for (const section of sections) {
    if (level(section) < specificity || !matches(section, user)) continue;
    specificity = level(section);
    value = section.values.get(key) ?? value;
  }
  return value;
}

/** A list for one user; an empty one where the value is empty or missing. */
export function listFor(sections: readonly Section[], user: SystemUser, key: string): readonly string[] {
  const value = valueFor(sections, user, key) ?? '';
  return value === '' ? [] : value.split(',').map((item) => item.trim());
}
