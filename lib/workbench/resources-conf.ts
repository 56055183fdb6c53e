import type { Platform } from '../model/platform.ts';
import type { PlacementConstraint } from '../model/pool.ts';
import type { Profile } from '../model/profile.ts';
import { formatIni, formatIniList, type IniSection } from './ini.ts';
import { cores } from './launcher-units.ts';
import { placementToken } from './placement-token.ts';

/** Every constraint a session of the profile brings along: where it runs, and the marker that carries its name. */
export function profileConstraints(profile: Profile): readonly PlacementConstraint[] {
  return [...profile.selectors, profile.marker];
}

function profileSection(profile: Profile): IniSection {
  return {
    name: profile.name,
    entries: {
      name: profile.spec.title,
      cpus: cores(profile.cpu.limit),
      'cpus-request': cores(profile.cpu.request),
      'mem-mb': String(profile.memoryMB.limit),
      'mem-mb-request': String(profile.memoryMB.request),
      ...(profile.gpu ? { 'nvidia-gpus': String(profile.gpu.count) } : {}),
      'placement-constraints': formatIniList(profileConstraints(profile).map(placementToken)),
    },
  };
}

/**
 * launcher.kubernetes.resources.conf: what users choose from, in the order of the environment, which is the order in
 * which Workbench shows it. Memory is in megabytes (10^6), CPU in cores. `nvidia-gpus` counts GPUs of any kind; the job
 * template knows by the constraints which resource they are.
 */
export function resourcesConf(platform: Platform): string {
  return formatIni(platform.profiles.map(profileSection));
}
