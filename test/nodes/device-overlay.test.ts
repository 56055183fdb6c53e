import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { deviceOverlays } from '../../lib/nodes/device-overlay.ts';
import { karpenterPools } from '../../lib/nodes/node-source.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';

type Sharing = EnvironmentInput['nodePools'][number]['sharing'];

function overlays(instanceTypes: string[], sharing?: Sharing, name = 'one') {
  const [system] = eksInput().nodePools;
  const pool = { name, role: 'dedicated' as const, capacity: { kind: 'ec2' as const, instanceTypes, max: 2 } };
  const nodePools = [...(system ? [system] : []), sharing ? { ...pool, sharing } : pool];
  const sessionProfiles = eksInput()
    .sessionProfiles.slice(0, 1)
    .map((profile) => ({ ...profile, pool: name }));
  const platform = platformOf(eksInput({ nodePools, sessionProfiles }));
  return karpenterPools(platform).flatMap(deviceOverlays);
}

describe('GPU-2 GPU-3 NodeOverlays', () => {
  test('GIVEN whole GPUs WHEN planned THEN Karpenter knows them without an overlay', () => {
    expect(overlays(['g5.xlarge', 'g5.12xlarge'])).toEqual([]);
    expect(overlays(['m7i.large'])).toEqual([]);
  });

  test('GIVEN renamed time-slicing WHEN planned THEN the shared name counts and the plain one is gone', () => {
    const [overlay] = overlays(['g4dn.xlarge'], { kind: 'time-slicing', replicas: 4 });
    expect(overlay).toEqual({
      name: 'one-1-gpu',
      spec: {
        requirements: [
          { key: 'karpenter.sh/nodepool', operator: 'In', values: ['one'] },
          { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['g4dn.xlarge'] },
        ],
        capacity: { 'nvidia.com/gpu': '0', 'nvidia.com/gpu.shared': '4' },
      },
    });
  });

  test('GIVEN time-slicing that keeps the name WHEN planned THEN the plain name counts the shares', () => {
    const [overlay] = overlays(['g4dn.12xlarge'], { kind: 'time-slicing', replicas: 2, rename: false });
    expect(overlay?.spec.capacity).toEqual({ 'nvidia.com/gpu': '8' });
  });

  test('GIVEN MIG WHEN planned THEN the names of the strategy count', () => {
    const mixed = overlays(['p4d.24xlarge'], { kind: 'mig', strategy: 'mixed', layout: { '3g.20gb': 2 } });
    expect(mixed[0]?.spec.capacity).toEqual({ 'nvidia.com/gpu': '0', 'nvidia.com/mig-3g.20gb': '16' });
    const single = overlays(['p4d.24xlarge'], { kind: 'mig', strategy: 'single', layout: { '1g.5gb': 7 } });
    expect(single[0]?.spec.capacity).toEqual({ 'nvidia.com/gpu': '56' });
  });

  test('GIVEN a part of a GPU, of which EC2 reports a count of 0 WHEN planned THEN an overlay names it', () => {
    expect(overlays(['g6f.xlarge'])[0]?.spec.capacity).toEqual({ 'nvidia.com/gpu': '1' });
  });

  test('GIVEN types of one and of four GPUs WHEN planned THEN each count has its overlay and no type is in two', () => {
    const found = overlays(['g4dn.xlarge', 'g4dn.2xlarge', 'g4dn.12xlarge'], { kind: 'time-slicing', replicas: 3 });
    expect(found.map(({ name, spec }) => [name, spec.capacity['nvidia.com/gpu.shared']])).toEqual([
      ['one-1-gpu', '3'],
      ['one-4-gpu', '12'],
    ]);
    const types = found.flatMap(({ spec }) => spec.requirements[1]?.values ?? []);
    expect([...types].sort()).toEqual(['g4dn.12xlarge', 'g4dn.2xlarge', 'g4dn.xlarge']);
  });

  test('GIVEN the longest name of a pool WHEN planned THEN the overlay has a name of at most 63 characters', () => {
    const [overlay] = overlays(['g4dn.xlarge'], { kind: 'time-slicing', replicas: 2 }, 'p'.repeat(63));
    expect(overlay?.name).toMatch(/^p{54}-[0-9a-f]{8}$/);
  });
});
