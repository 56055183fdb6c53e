import type { GpuModel } from '../catalog/gpus.ts';
import { type MigFamily, type MigProfile, migFamily } from '../catalog/mig.ts';

/** What one GPU is cut into: MIG profiles and how many instances of each, `{"1g.5gb": 2, "3g.20gb": 1}`. */
export type MigLayout = Readonly<Record<string, number>>;

/** Where one instance lies: `size` memory slices of the family from `start` on. */
export interface MigPlacement {
  readonly profile: string;
  readonly start: number;
  readonly size: number;
}

export type MigPlacementResult =
  | { readonly kind: 'placed'; readonly placements: readonly MigPlacement[] }
  | { readonly kind: 'unknown-profile'; readonly profile: string; readonly known: readonly string[] }
  | { readonly kind: 'no-mig' }
  | { readonly kind: 'does-not-fit'; readonly reason: string };

/** Every instance of the layout on its own, large ones first: they have the fewest places to choose from. */
function instancesOf(family: MigFamily, layout: MigLayout): readonly MigProfile[] {
  return family.profiles
    .flatMap((profile) => Array.from({ length: layout[profile.name] ?? 0 }, () => profile))
    .sort((a, b) => b.memorySlices - a.memorySlices);
}

const sum = (instances: readonly MigProfile[], of: (profile: MigProfile) => number): number =>
  instances.reduce((total, profile) => total + of(profile), 0);

/** Why the layout asks for more of something than the GPU has, whatever the placement. */
function exhausted(family: MigFamily, layout: MigLayout, instances: readonly MigProfile[]): string | undefined {
  for (const { name, max } of family.profiles) {
    const count = layout[name] ?? 0;
    if (count > max) return `${count} instances of ${name}, and a GPU holds at most ${max}`;
  }
  const compute = sum(instances, (profile) => profile.computeSlices);
  if (compute > family.computeSlices) return `${compute} compute slices, and a GPU has ${family.computeSlices}`;
  const extended = instances.filter((profile) => profile.mediaExtensions);
  if (extended.length > 1) {
    return `media extensions for ${extended.map((profile) => profile.name).join(' and ')}, and a GPU has one set`;
  }
  const engines = sum(instances, (profile) => profile.mediaEngines);
  if (family.mediaEngines !== undefined && engines > family.mediaEngines) {
    return `${engines} media engines, and a GPU has ${family.mediaEngines}; profiles with -me take none`;
  }
  return undefined;
}

/** Backtracking over the places of `instances[index]` and of all after it. */
function place(instances: readonly MigProfile[], index: number, taken: number, placed: MigPlacement[]): boolean {
  const profile = instances[index];
  if (!profile) return true;
  for (const start of profile.starts) {
    const slices = ((1 << profile.memorySlices) - 1) << start;
    if ((taken & slices) !== 0) continue;
    placed.push({ profile: profile.name, start, size: profile.memorySlices });
    if (place(instances, index + 1, taken | slices, placed)) return true;
    placed.pop();
  }
  return false;
}

/**
 * Whether one GPU can be cut like that, and where each instance then lies. A layout is possible if its instances have
 * disjoint placements, no profile exceeds its maximum, and compute slices and media units suffice; the sum of the names
 * decides nothing (2 x 3g + 1g has seven slices and does not fit, 2 x 2g + 3g does). Counts are whole numbers.
 * Rules: NVIDIA MIG User Guide, Supported MIG Profiles; placements as `nvidia-smi mig -lgipp` prints them.
 */
export function placeMigLayout(gpu: GpuModel, layout: MigLayout): MigPlacementResult {
  if (!gpu.migFamily) return { kind: 'no-mig' };
  const family = migFamily(gpu.migFamily);
  const known = family.profiles.map((profile) => profile.name);
  const unknown = Object.keys(layout).find((name) => !known.includes(name));
  if (unknown !== undefined) return { kind: 'unknown-profile', profile: unknown, known };
  const instances = instancesOf(family, layout);
  const lack = exhausted(family, layout, instances);
  if (lack) return { kind: 'does-not-fit', reason: `It takes ${lack}.` };
  const placements: MigPlacement[] = [];
  if (place(instances, 0, 0, placements)) return { kind: 'placed', placements };
  const memory = sum(instances, (profile) => profile.memorySlices);
  const reason =
    memory > family.memorySlices
      ? `It takes ${memory} memory slices, and a GPU has ${family.memorySlices}.`
      : `Its ${instances.length} instances have no places that do not overlap.`;
  return { kind: 'does-not-fit', reason };
}
