import type { MigFamily, MigProfile } from '../../lib/catalog/mig.ts';

/** A layout in a form that can be a key of a set: counts in the order of the family's profiles. */
export function layoutKey(family: MigFamily, layout: Readonly<Record<string, number>>): string {
  return family.profiles.map((profile) => layout[profile.name] ?? 0).join(' ');
}

interface State {
  readonly occupied: ReadonlySet<number>;
  readonly instances: readonly MigProfile[];
}

function allowed(family: MigFamily, { instances }: State): boolean {
  const total = (pick: (profile: MigProfile) => number): number => instances.map(pick).reduce((a, b) => a + b, 0);
  return (
    total((profile) => profile.computeSlices) <= family.computeSlices &&
    total((profile) => Number(profile.mediaExtensions)) <= 1 &&
    total((profile) => profile.mediaEngines) <= (family.mediaEngines ?? Number.POSITIVE_INFINITY) &&
    family.profiles.every((profile) => instances.filter((one) => one === profile).length <= profile.max)
  );
}

/**
 * Every layout that a person at the keyboard could reach: from the empty GPU, create any profile at any free place, and
 * go on from there. Shares no code and no idea with the solver under test, which starts from a wanted layout.
 */
export function reachableLayouts(family: MigFamily): ReadonlySet<string> {
  const seen = new Set<string>();
  const layouts = new Set<string>();
  const open: State[] = [{ occupied: new Set(), instances: [] }];
  for (let state = open.pop(); state; state = open.pop()) {
    const counts = family.profiles.map((profile) => state.instances.filter((one) => one === profile).length).join(' ');
    const key = `${counts} @ ${[...state.occupied].sort((a, b) => a - b).join(' ')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    layouts.add(counts);
    for (const profile of family.profiles) {
      for (const start of profile.starts) {
        const slices = Array.from({ length: profile.memorySlices }, (_, index) => start + index);
        if (slices.some((slice) => state.occupied.has(slice) || slice >= family.memorySlices)) continue;
        const next = { occupied: new Set([...state.occupied, ...slices]), instances: [...state.instances, profile] };
        if (allowed(family, next)) open.push(next);
      }
    }
  }
  return layouts;
}
