import { describe, expect, test } from 'vitest';
import { gpuModel } from '../../lib/catalog/gpus.ts';
import { findInstanceType, instanceTypeNames } from '../../lib/catalog/instance-types.ts';

describe('GPU-1 instance types', () => {
  test('GIVEN the catalogue WHEN a common GPU type is looked up THEN every fact has its unit', () => {
    expect(findInstanceType('g5.12xlarge')).toEqual({
      name: 'g5.12xlarge',
      vcpu: 48,
      memoryMiB: 196_608,
      architecture: 'amd64',
      gpu: { model: 'A10G', count: 4, partition: 1 },
      enis: 15,
      ipv4PerEni: 50,
      nvmeGB: 3800,
      efa: true,
      usdPerHour: 5.672,
    });
  });

  test('GIVEN a type with an eighth of a GPU WHEN looked up THEN it advertises one device of partition 0.125', () => {
    expect(findInstanceType('g6f.large')?.gpu).toEqual({ model: 'L4', count: 1, partition: 0.125 });
  });

  test('GIVEN a type whose price nobody publishes WHEN looked up THEN the price is undefined, not 0', () => {
    expect(findInstanceType('p5e.48xlarge')).toMatchObject({ vcpu: 192 });
    expect(findInstanceType('p5e.48xlarge')?.usdPerHour).toBeUndefined();
  });

  test('GIVEN a name that is no type WHEN looked up THEN undefined', () => {
    expect(findInstanceType('g5.xlrage')).toBeUndefined();
    expect(findInstanceType('constructor')).toBeUndefined();
  });

  test('GIVEN every GPU type WHEN its model is looked up THEN the GPU catalogue has it', () => {
    const gpus = instanceTypeNames().flatMap((name) => findInstanceType(name)?.gpu ?? []);
    expect(gpus).toHaveLength(65);
    for (const { model } of gpus) expect(gpuModel(model)?.name).toBe(model);
  });

  test('GIVEN the catalogue WHEN walked THEN names are unique, figures positive and bare metal only with GPUs', () => {
    const names = instanceTypeNames();
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      const type = findInstanceType(name);
      expect(Math.min(type?.vcpu ?? 0, type?.memoryMiB ?? 0, type?.enis ?? 0, type?.ipv4PerEni ?? 0)).toBeGreaterThan(
        0,
      );
      if (name.includes('metal')) expect(type?.gpu).toBeDefined();
    }
  });

  test('GIVEN a type WHEN someone tries to change it THEN it is frozen', () => {
    expect(Object.isFrozen(findInstanceType('g5.xlarge')?.gpu)).toBe(true);
  });
});
