import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gpuModel, gpuModelNames } from '../../lib/catalog/gpus.ts';
import { findInstanceType } from '../../lib/catalog/instance-types.ts';
import { migFamily, migFamilyNames } from '../../lib/catalog/mig.ts';

describe('GPU-1 GPU models', () => {
  test('GIVEN the labels Karpenter publishes WHEN models of EC2 types are looked up THEN the names are those', () => {
    const rows = readFileSync(new URL('../fixtures/karpenter-allocatable.csv', import.meta.url), 'utf8')
      .split('\n')
      .map((line) => line.split(','))
      .filter((cells) => cells[7] && cells[0] !== 'name');
    expect(rows.length).toBe(65);
    for (const [name = '', , , , , , , gpuName] of rows) {
      expect(gpuModel(findInstanceType(name)?.gpu?.model ?? '')?.karpenterName).toBe(gpuName);
    }
  });

  test.each([
    ['A100-40GB', 'nvidia-tesla-a100'],
    ['A100-80GB', 'nvidia-tesla-a100'],
    ['V100-32GB', 'nvidia-tesla-v100'],
    ['T4', 'nvidia-tesla-t4'],
    ['A10G', 'nvidia-a10g'],
    ['L4', 'nvidia-l4'],
    ['L40S', 'nvidia-l40s'],
  ])('GIVEN %s WHEN labelled for cluster-autoscaler THEN %s, a value it knows', (name, label) => {
    expect(gpuModel(name)?.acceleratorLabel).toBe(label);
  });

  test('GIVEN every model WHEN read THEN its labels are label values and MIG comes with PCI ids', () => {
    for (const name of gpuModelNames) {
      const model = gpuModel(name);
      expect(model?.acceleratorLabel).toMatch(/^nvidia-[a-z0-9-]+$/);
      expect(model?.pciDeviceIds === undefined).toBe(model?.migFamily === undefined);
      for (const id of model?.pciDeviceIds ?? []) expect(id).toMatch(/^0x[0-9A-F]{4}10DE$/);
    }
  });

  test('GIVEN PCI ids WHEN compared THEN no id stands for two models', () => {
    const ids = gpuModelNames.flatMap((name) => gpuModel(name)?.pciDeviceIds ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(['T4', 'V100-32GB', 'A10G', 'A40', 'L4', 'L40S', 'RTX-6000-Ada'])(
    'GIVEN %s WHEN asked for MIG THEN it has none',
    (name) => {
      expect(gpuModel(name)).toBeDefined();
      expect(gpuModel(name)?.migFamily).toBeUndefined();
    },
  );

  test('GIVEN a name that is no model WHEN looked up THEN undefined', () => {
    expect(gpuModel('A100')).toBeUndefined();
  });
});

describe('GPU-1 MIG families', () => {
  test.each([
    ['A30-24GB', '1g.6gb x4, 1g.6gb+me x1, 2g.12gb x2, 2g.12gb+me x1, 4g.24gb x1'],
    ['A100-40GB', '1g.5gb x7, 1g.5gb+me x1, 1g.10gb x4, 2g.10gb x3, 3g.20gb x2, 4g.20gb x1, 7g.40gb x1'],
    ['80GB', '1g.10gb x7, 1g.10gb+me x1, 1g.20gb x4, 2g.20gb x3, 3g.40gb x2, 4g.40gb x1, 7g.80gb x1'],
    ['94GB', '1g.12gb x7, 1g.12gb+me x1, 1g.24gb x4, 2g.24gb x3, 3g.47gb x2, 4g.47gb x1, 7g.94gb x1'],
    ['96GB', '1g.12gb x7, 1g.12gb+me x1, 1g.24gb x4, 2g.24gb x3, 3g.48gb x2, 4g.48gb x1, 7g.96gb x1'],
    ['141GB', '1g.18gb x7, 1g.18gb+me x1, 1g.35gb x4, 2g.35gb x3, 3g.71gb x2, 4g.71gb x1, 7g.141gb x1'],
    ['144GB', '1g.18gb x7, 1g.18gb+me x1, 1g.36gb x4, 2g.36gb x3, 3g.72gb x2, 4g.72gb x1, 7g.144gb x1'],
    ['180GB', '1g.23gb x7, 1g.23gb+me x1, 1g.45gb x4, 2g.45gb x3, 3g.90gb x2, 4g.90gb x1, 7g.180gb x1'],
    ['186GB', '1g.23gb x7, 1g.23gb+me x1, 1g.47gb x4, 2g.47gb x3, 3g.93gb x2, 4g.93gb x1, 7g.186gb x1'],
    ['269GB', '1g.34gb x7, 1g.34gb+me x1, 1g.67gb x4, 2g.67gb x3, 3g.135gb x2, 4g.135gb x1, 7g.269gb x1'],
    ['278GB', '1g.35gb x7, 1g.35gb+me x1, 1g.70gb x4, 2g.70gb x3, 3g.139gb x2, 4g.139gb x1, 7g.278gb x1'],
    ['RTX-PRO-4500', '1g.16gb x2, 1g.16gb+gfx x2, 1g.16gb+me.all x1, 1g.16gb-me x2, 2g.32gb x1, 2g.32gb+gfx x1'],
    [
      'RTX-PRO-5000',
      '1g.24gb x2, 1g.24gb+me x1, 1g.24gb+gfx x2, 1g.24gb+me.all x1, 1g.24gb-me x2, 2g.48gb x1, 2g.48gb+gfx x1',
    ],
    [
      'RTX-PRO-6000',
      '1g.24gb x4, 1g.24gb+me x1, 1g.24gb+gfx x4, 1g.24gb+me.all x1, 1g.24gb-me x4, 2g.48gb x2, 2g.48gb+gfx x2, ' +
        '2g.48gb+me.all x1, 2g.48gb-me x2, 4g.96gb x1, 4g.96gb+gfx x1',
    ],
  ] as const)('GIVEN %s WHEN its profiles are listed THEN names and counts are those of NVIDIA', (family, expected) => {
    expect(
      migFamily(family)
        .profiles.map(({ name, max }) => `${name} x${max}`)
        .join(', '),
    ).toBe(expected);
  });

  test('GIVEN every profile WHEN placed alone THEN it lies inside the GPU and its maximum is possible', () => {
    for (const name of migFamilyNames) {
      const family = migFamily(name);
      for (const profile of family.profiles) {
        expect(Math.max(...profile.starts) + profile.memorySlices).toBeLessThanOrEqual(family.memorySlices);
        expect(profile.max).toBeLessThanOrEqual(profile.starts.length);
        expect(profile.max * profile.computeSlices).toBeLessThanOrEqual(family.computeSlices);
      }
    }
  });

  test('GIVEN models with MIG WHEN their families are collected THEN every family is used', () => {
    const used = new Set(gpuModelNames.flatMap((name) => gpuModel(name)?.migFamily ?? []));
    expect(used).toEqual(new Set(migFamilyNames));
  });
});
