import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GpuModel, gpuModel, gpuModelNames } from '../../lib/catalog/gpus.ts';
import { type MigFamily, type MigFamilyName, migFamily, migFamilyNames } from '../../lib/catalog/mig.ts';
import { migResource } from '../../lib/model/gpu-devices.ts';
import { type MigLayout, placeMigLayout } from '../../lib/model/mig-layout.ts';
import { layoutKey, reachableLayouts } from './mig-brute-force.ts';

function gpu(name: string): GpuModel {
  const model = gpuModel(name);
  if (!model) throw new Error(`${name} is not in the catalogue`);
  return model;
}

const modelOf = (family: MigFamilyName): GpuModel => ({ ...gpu('A100-40GB'), migFamily: family });

/** Every combination of counts from 0 to the maximum of each of the named profiles. */
function combinations(family: MigFamily, names: readonly string[]): MigLayout[] {
  return names.reduce<MigLayout[]>(
    (layouts, name) => {
      const max = family.profiles.find((profile) => profile.name === name)?.max ?? 0;
      return layouts.flatMap((layout) => Array.from({ length: max + 1 }, (_, count) => ({ ...layout, [name]: count })));
    },
    [{}],
  );
}

/** How many layouts with those profiles fit (the empty one aside), and how many of them have no room for one more. */
function count(familyName: MigFamilyName, names: readonly string[]): { layouts: number; maximal: number } {
  const model = modelOf(familyName);
  const fits = combinations(migFamily(familyName), names)
    .filter((layout) => placeMigLayout(model, layout).kind === 'placed')
    .filter((layout) => Object.values(layout).some((instances) => instances > 0));
  const keys = new Set(fits.map((layout) => layoutKey(migFamily(familyName), layout)));
  const maximal = fits.filter((layout) =>
    names.every((name) => {
      const more = { ...layout, [name]: (layout[name] ?? 0) + 1 };
      return !keys.has(layoutKey(migFamily(familyName), more));
    }),
  );
  return { layouts: fits.length, maximal: maximal.length };
}

const BASE = ['1g.5gb', '2g.10gb', '3g.20gb', '4g.20gb', '7g.40gb'];

describe('GPU-2 number of layouts', () => {
  test.each([
    ['A100-40GB', BASE, 37, 12],
    ['A100-40GB', [...BASE, '1g.10gb'], 77, 28],
    ['A100-40GB', [...BASE, '1g.10gb', '1g.5gb+me'], 127, 44],
    ['A30-24GB', ['1g.6gb', '2g.12gb', '4g.24gb'], 9, 4],
    ['A30-24GB', ['1g.6gb', '2g.12gb', '4g.24gb', '1g.6gb+me', '2g.12gb+me'], 19, 8],
  ] as const)(
    'GIVEN %s and %j WHEN all are tried THEN %i fit, %i of them maximal',
    (family, names, layouts, maximal) => {
      expect(count(family, names)).toEqual({ layouts, maximal });
    },
  );
});

describe('GPU-2 traps', () => {
  test.each<[string, MigLayout, boolean]>([
    ['A100-40GB', { '3g.20gb': 2, '1g.5gb': 1 }, false],
    ['A100-80GB', { '1g.20gb': 4, '1g.10gb': 3 }, false],
    ['A100-40GB', { '2g.10gb': 2, '3g.20gb': 1 }, true],
    ['A100-40GB', { '3g.20gb': 1, '4g.20gb': 1 }, true],
    ['A100-80GB', { '7g.80gb': 2 }, false],
    ['RTX-PRO-6000', { '1g.24gb+me.all': 1, '1g.24gb-me': 3 }, true],
    ['RTX-PRO-6000', { '1g.24gb+me.all': 1, '1g.24gb': 3 }, false],
    ['RTX-PRO-6000', { '2g.48gb': 1, '1g.24gb': 2 }, true],
    ['RTX-PRO-4500', { '1g.16gb': 2 }, true],
    ['RTX-PRO-5000', { '1g.24gb+me': 1, '1g.24gb+me.all': 1 }, false],
  ])('GIVEN %s WHEN cut into %j THEN it fits: %s', (name, layout, fits) => {
    expect(placeMigLayout(gpu(name), layout).kind).toBe(fits ? 'placed' : 'does-not-fit');
  });

  test('GIVEN 2 x 1g, 2g and 3g WHEN placed THEN 3g goes to the end, since no 1g may begin at the last slice', () => {
    expect(placeMigLayout(gpu('A100-40GB'), { '1g.5gb': 2, '2g.10gb': 1, '3g.20gb': 1 })).toEqual({
      kind: 'placed',
      placements: [
        { profile: '3g.20gb', start: 4, size: 4 },
        { profile: '2g.10gb', start: 0, size: 2 },
        { profile: '1g.5gb', start: 2, size: 1 },
        { profile: '1g.5gb', start: 3, size: 1 },
      ],
    });
  });

  test.each<[MigLayout, RegExp]>([
    [{ '2g.10gb': 4 }, /4 instances of 2g\.10gb, and a GPU holds at most 3/],
    [{ '7g.40gb': 1, '1g.5gb': 1 }, /8 compute slices, and a GPU has 7/],
    [{ '3g.20gb': 2, '1g.5gb': 1 }, /9 memory slices, and a GPU has 8/],
    [{ '1g.5gb': 5, '1g.10gb': 2 }, /9 memory slices/],
  ])('GIVEN an A100 WHEN cut into %j THEN the reason says what is short', (layout, reason) => {
    expect(placeMigLayout(gpu('A100-40GB'), layout)).toEqual({
      kind: 'does-not-fit',
      reason: expect.stringMatching(reason),
    });
  });
});

describe('GPU-2 refusals', () => {
  test('GIVEN a GPU without MIG WHEN it is cut THEN no-mig', () => {
    expect(placeMigLayout(gpu('A10G'), { '1g.5gb': 1 })).toEqual({ kind: 'no-mig' });
  });

  test('GIVEN a profile of another size WHEN it is used THEN the known ones are listed', () => {
    const result = placeMigLayout(gpu('A100-80GB'), { '1g.5gb': 7 });
    expect(result).toMatchObject({ kind: 'unknown-profile', profile: '1g.5gb' });
    expect(result.kind === 'unknown-profile' && result.known).toContain('1g.10gb');
  });
});

describe('GPU-2 against a solver of another kind', () => {
  const reachable = new Map(migFamilyNames.map((name) => [name, reachableLayouts(migFamily(name))]));

  test('GIVEN any layout of any family WHEN placed THEN it fits exactly if someone could create it step by step', () => {
    const wanted = fc.constantFrom(...migFamilyNames).chain((name) =>
      fc.record({
        name: fc.constant(name),
        layout: fc.record(
          Object.fromEntries(
            migFamily(name).profiles.map((profile) => [
              profile.name,
              fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: profile.max + 1 })),
            ]),
          ),
        ),
      }),
    );
    let placed = 0;
    fc.assert(
      fc.property(wanted, ({ name, layout }) => {
        const result = placeMigLayout(modelOf(name), layout);
        if (result.kind === 'placed') placed += 1;
        expect(result.kind === 'placed').toBe(reachable.get(name)?.has(layoutKey(migFamily(name), layout)));
      }),
      { numRuns: 5000 },
    );
    // Both verdicts must have been met, or the property says nothing.
    expect(placed).toBeGreaterThan(500);
    expect(placed).toBeLessThan(4500);
  });

  test('GIVEN every layout of four small families WHEN placed THEN the two solvers agree on each', () => {
    for (const name of ['A30-24GB', 'A100-40GB', 'RTX-PRO-4500', 'RTX-PRO-5000'] as const) {
      const family = migFamily(name);
      const names = family.profiles.map((profile) => profile.name);
      const ours = combinations(family, names)
        .filter((layout) => placeMigLayout(modelOf(name), layout).kind === 'placed')
        .map((layout) => layoutKey(family, layout));
      expect(new Set(ours)).toEqual(reachable.get(name));
    }
  });

  test('GIVEN a placed layout WHEN its placements are read THEN they are allowed, disjoint and as many as wanted', () => {
    const family = migFamily('A100-40GB');
    const names = family.profiles.map((profile) => profile.name);
    for (const layout of combinations(family, names)) {
      const result = placeMigLayout(modelOf('A100-40GB'), layout);
      if (result.kind !== 'placed') continue;
      const slices = result.placements.flatMap(({ start, size }) => Array.from({ length: size }, (_, i) => start + i));
      expect(new Set(slices).size).toBe(slices.length);
      for (const name of names) {
        const own = result.placements.filter((placement) => placement.profile === name);
        const profile = family.profiles.find((one) => one.name === name);
        expect(own.length).toBe(layout[name]);
        expect(own.every(({ start, size }) => profile?.starts.includes(start) && size === profile.memorySlices)).toBe(
          true,
        );
      }
    }
  });
});

test('GPU-2 GIVEN every profile of the catalogue WHEN named as a resource THEN model and catalogue agree', () => {
  for (const name of migFamilyNames) {
    for (const profile of migFamily(name).profiles) {
      expect(migResource(profile.name)).toBe(`nvidia.com/${profile.resourceSuffix}`);
    }
  }
  expect(migResource('1g.24gb+me.all')).toBe('nvidia.com/mig-1g.24gb.me.all');
  expect(migResource('1g.24gb-me')).toBe('nvidia.com/mig-1g.24gb-me');
});

test('GPU-2 GIVEN every model with MIG WHEN cut as all-balanced of mig-parted does THEN it fits', () => {
  const cut = gpuModelNames.flatMap((name) => {
    const model = gpu(name);
    if (!model.migFamily) return [];
    const { computeSlices, profiles } = migFamily(model.migFamily);
    const plain = (g: number): string =>
      profiles.find((profile) => profile.computeSlices === g && /^\dg\.\d+gb$/.test(profile.name))?.name ?? '';
    if (computeSlices === 2) return [];
    const layout =
      computeSlices === 7 ? { [plain(1)]: 2, [plain(2)]: 1, [plain(3)]: 1 } : { [plain(1)]: 2, [plain(2)]: 1 };
    return [placeMigLayout(model, layout).kind];
  });
  expect(cut.length).toBeGreaterThan(10);
  expect(new Set(cut)).toEqual(new Set(['placed']));
});
