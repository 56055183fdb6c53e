import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findInstanceType, type InstanceType, instanceTypeNames } from '../../lib/catalog/instance-types.ts';
import { GiB, MiB, parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import { allocatable, kubeReserved, maxPods, staticAllocatable } from '../../lib/model/allocatable.ts';

function type(name: string): InstanceType {
  const found = findInstanceType(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found;
}

/** What Karpenter publishes; the source stands at the head of the file. */
const published = readFileSync(new URL('../fixtures/karpenter-allocatable.csv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .slice(1)
  .map((line) => {
    const [name = '', arch, cpu = '', memory = '', pods, ephemeral = '', gpus, gpuName = ''] = line.split(',');
    return { name, arch, cpu, memory, pods: Number(pods), ephemeral, gpus: Number(gpus), gpuName };
  });

describe('NODE-5 allocatable against the values Karpenter publishes', () => {
  test('GIVEN the published table WHEN counted THEN it covers the whole catalogue, both architectures and GPUs', () => {
    expect(published.map(({ name }) => name)).toEqual(instanceTypeNames());
    expect(published.filter(({ arch }) => arch === 'arm64').length).toBeGreaterThan(40);
    expect(published.filter(({ gpus }) => gpus > 0).length).toBeGreaterThan(55);
  });

  test.each(published)('GIVEN $name WHEN computed THEN $cpu CPU, $memory memory, $pods pods, $gpus GPUs', (row) => {
    const { allocatable: usable } = allocatable(type(row.name));
    expect(usable.millicpu).toBe(parseMillicpu(row.cpu));
    expect(usable.memoryBytes).toBe(parseBytes(row.memory));
    expect(usable.pods).toBe(row.pods);
    expect(usable.ephemeralBytes).toBe(parseBytes(row.ephemeral));
    expect(type(row.name).architecture).toBe(row.arch);
    // Karpenter sees no GPU on types with a fraction of one; the device plugin advertises one (NodeOverlay needed).
    const fraction = (type(row.name).gpu?.partition ?? 1) < 1;
    expect(usable.gpus).toBe(fraction ? 1 : row.gpus);
  });

  test('GIVEN g5.xlarge with 20 GiB of root volume WHEN computed THEN 3920m, 14162Mi, 58 pods, 17Gi and one GPU', () => {
    expect(allocatable(type('g5.xlarge'), { rootVolumeGiB: 20 }).allocatable).toEqual({
      millicpu: 3920,
      memoryBytes: 14162 * MiB,
      ephemeralBytes: 17 * GiB,
      pods: 58,
      gpus: 1,
    });
  });

  test('GIVEN any type WHEN reserved parts are added up THEN they are all that is missing', () => {
    for (const name of instanceTypeNames()) {
      const { capacity, allocatable: usable, reserved } = allocatable(type(name), { rootVolumeGiB: 137 });
      const { kube, eviction } = reserved;
      expect(usable.millicpu + kube.millicpu).toBe(type(name).vcpu * 1000);
      expect(usable.memoryBytes + kube.memoryBytes + eviction.memoryBytes).toBe(capacity.memoryBytes);
      expect(capacity.memoryBytes + reserved.hypervisorBytes).toBe(type(name).memoryMiB * MiB);
      expect(usable.ephemeralBytes + kube.ephemeralBytes + eviction.ephemeralBytes).toBe(137 * GiB);
    }
  });
});

describe('NODE-5 cap on pods', () => {
  const capped = { maxPods: 110 } as const;

  test('GIVEN AL2023 WHEN pods are capped at 110 THEN kubelet keeps the memory of 737 pods all the same', () => {
    const { allocatable: usable } = allocatable(type('g5.12xlarge'), capped);
    expect(usable).toMatchObject({ pods: 110, memoryBytes: 173400 * MiB });
  });

  test('GIVEN memory reserved for the cap WHEN pods are capped at 110 THEN 11 MiB for each of 627 pods are free', () => {
    const { allocatable: usable } = allocatable(type('g5.12xlarge'), { ...capped, memoryReservedFor: 'max-pods' });
    expect(usable).toMatchObject({ pods: 110, memoryBytes: (173400 + 627 * 11) * MiB });
  });

  test('GIVEN p5.48xlarge WHEN addresses are counted THEN only those of the default card', () => {
    expect(maxPods(type('p5.48xlarge'))).toBe(100);
  });
});

describe('NODE-5 ephemeral storage', () => {
  test('GIVEN a root volume WHEN 10 % of it is no whole byte THEN the threshold is rounded up', () => {
    const { reserved, allocatable: usable } = allocatable(type('g5.xlarge'), { rootVolumeGiB: 101 });
    expect(reserved.eviction.ephemeralBytes).toBe(Math.ceil(10.1 * GiB));
    expect(usable.ephemeralBytes).toBe(100 * GiB - Math.ceil(10.1 * GiB));
  });

  test('GIVEN RAID0 WHEN the type has NVMe disks THEN they count, in units of 10^9', () => {
    const { capacity } = allocatable(type('g5.xlarge'), { rootVolumeGiB: 20, instanceStorePolicy: 'RAID0' });
    expect(capacity.ephemeralBytes).toBe(250e9);
  });

  test('GIVEN RAID0 WHEN the type has no NVMe disks THEN the root volume counts', () => {
    const { capacity } = allocatable(type('m5.large'), { rootVolumeGiB: 50, instanceStorePolicy: 'RAID0' });
    expect(capacity.ephemeralBytes).toBe(50 * GiB);
  });
});

test.each([
  [1000, 60],
  [2000, 70],
  [4000, 80],
  [500, 30],
  [48_000, 190],
])('NODE-5 GIVEN %i millicores WHEN reserved THEN %i', (millicpu, reserved) => {
  expect(kubeReserved(millicpu, 0)).toEqual({ millicpu: reserved, memoryBytes: 255 * MiB, ephemeralBytes: GiB });
});

test('NODE-5 GIVEN a machine on premises WHEN its owner states what pods can have THEN nothing is taken off', () => {
  expect(staticAllocatable({ millicpu: 63_000, memoryBytes: 500 * GiB, ephemeralBytes: 900 * GiB, gpus: 4 })).toEqual({
    millicpu: 63_000,
    memoryBytes: 500 * GiB,
    ephemeralBytes: 900 * GiB,
    pods: 110,
    gpus: 4,
  });
});
