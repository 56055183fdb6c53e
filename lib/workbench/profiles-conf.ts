import type { AccessSection } from '../model/access.ts';
import type { Platform } from '../model/platform.ts';
import type { Profile } from '../model/profile.ts';
import { imageReference } from '../model/session-image.ts';
import { formatIni, formatIniList, type IniSection } from './ini.ts';
import { cores } from './launcher-units.ts';
import { placementToken } from './placement-token.ts';
import { profileConstraints } from './resources-conf.ts';

/** Name of a section: `*`, `@group` or the user. */
export function accessSectionName({ who }: AccessSection): string {
  switch (who.kind) {
    case 'everyone':
      return '*';
    case 'group':
      return `@${who.name}`;
    case 'user':
      return who.name;
  }
}

/** The profiles a section offers, in the order of the environment. */
export function sectionProfiles(platform: Platform, section: AccessSection): readonly Profile[] {
  return platform.profiles.filter(({ name }) => section.profiles.includes(name));
}

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];

/** Image of everybody who chose none. It is offered to all, beside those of their profiles. */
function defaultImage({ environment }: Platform): readonly string[] {
  const image = environment.images.find(({ name }) => name === environment.workbench.defaultImage);
  return image ? [imageReference(image, environment.registry.host)] : [];
}

function caps(profiles: readonly Profile[]): Readonly<Record<string, string>> {
  const gpus = Math.max(0, ...profiles.map(({ gpu }) => gpu?.count ?? 0));
  // 0 would lift the cap on CPU and memory; without a profile nothing can be started anyway.
  if (profiles.length === 0) return { 'max-nvidia-gpus': String(gpus) };
  return {
    'max-cpus': cores(Math.max(...profiles.map(({ cpu }) => cpu.limit))),
    'max-mem-mb': String(Math.max(...profiles.map(({ memoryMB }) => memoryMB.limit))),
    'max-nvidia-gpus': String(gpus),
  };
}

function iniSection(platform: Platform, section: AccessSection): IniSection {
  const profiles = sectionProfiles(platform, section);
  const images = unique([...defaultImage(platform), ...profiles.flatMap((profile) => profile.images)]);
  const [first = ''] = images;
  return {
    name: accessSectionName(section),
    // A list that is empty is written as empty: a missing key would be taken from a less specific section.
    entries: {
      'resource-profiles': formatIniList(profiles.map(({ name }) => name)),
      'placement-constraints': formatIniList(unique(profiles.flatMap(profileConstraints).map(placementToken))),
      'container-images': formatIniList(images),
      'default-container-image': first,
      'allow-unknown-images': '0',
      'allow-custom-resources': '0',
      ...caps(profiles),
    },
  };
}

/**
 * launcher.kubernetes.profiles.conf: who is offered what. The launcher takes each key on its own from the last section
 * of the most specific kind that matches (rstudio-launcher-plugin-sdk, AbstractUserProfiles.cpp), so every section says
 * all of it. A constraint is an offer and enforces nothing (rstudio/helm #223); the caps and the admission policies do.
 */
export function profilesConf(platform: Platform): string {
  return formatIni(platform.access.map((section) => iniSection(platform, section)));
}
