import { describe, expect, test } from 'vitest';
import { VOLUME_ANNOTATIONS } from '../../lib/catalog/annotations.ts';
import { BETA_TOPOLOGY_LABELS, LABELS } from '../../lib/catalog/labels.ts';
import type { ClusterObjects } from '../../lib/scheduling/snapshot.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../lib/scheduling/volume.ts';
import { node, outcome, pod } from './cluster.ts';

const zoned = (name: string, zone: string) => node(name, { labels: { [LABELS.zone]: zone } });
const nodes = [zoned('a', 'a'), zoned('b', 'b'), { metadata: { name: 'bare' }, status: node('bare').status ?? {} }];
const using = (...names: readonly string[]) =>
  pod({ volumes: names.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } })) });
const DONE = { [VOLUME_ANNOTATIONS.bindCompleted]: 'yes' };

type Spec = PersistentVolumeClaim['spec'];
const claim = (
  spec: Partial<Spec> = {},
  annotations: Record<string, string> = {},
  name = 'home',
): PersistentVolumeClaim => ({
  metadata: { name, annotations },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'late',
    resources: { requests: { storage: '1Gi' } },
    ...spec,
  },
});
const volume = (
  name: string,
  spec: Partial<PersistentVolume['spec']> = {},
  labels: Record<string, string> = {},
): PersistentVolume => ({
  metadata: { name, labels },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'late', capacity: { storage: '1Gi' }, ...spec },
  status: { phase: 'Available' },
});
const inZone = (zone: string): Partial<PersistentVolume['spec']> => ({
  nodeAffinity: {
    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: LABELS.zone, operator: 'In', values: [zone] }] }] },
  },
});
const late: StorageClass = {
  metadata: { name: 'late' },
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode: 'WaitForFirstConsumer',
};
const local: StorageClass = { ...late, provisioner: 'kubernetes.io/no-provisioner' };

const cluster = (more: Partial<ClusterObjects> = {}): ClusterObjects => ({ nodes, storageClasses: [late], ...more });
const withClaim = (one: PersistentVolumeClaim, more: Partial<ClusterObjects> = {}): ClusterObjects =>
  cluster({ persistentVolumeClaims: [one], ...more });
const bound = claim({ volumeName: 'disk' }, DONE);

describe('claims that decide by themselves', () => {
  test.each([
    ['does not exist', cluster(), 'persistentvolumeclaim "home" not found'],
    [
      'waits for its controller',
      withClaim(claim({ storageClassName: 'none' })),
      'pod has unbound immediate PersistentVolumeClaims',
    ],
    [
      'names a volume and is not bound yet',
      withClaim(claim({ volumeName: 'disk' })),
      'pod has unbound immediate PersistentVolumeClaims',
    ],
    ['is bound to nothing', withClaim(bound), 'persistentvolume "disk" not found'],
    [
      'has lost its volume',
      withClaim({ ...bound, status: { phase: 'Lost' } }),
      'persistentvolumeclaim "home" bound to non-existent persistentvolume "disk"',
    ],
    [
      'is going',
      withClaim({ ...bound, metadata: { ...bound.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }),
      'persistentvolumeclaim "home" is being deleted',
    ],
  ])('GIVEN a claim that %s THEN no node is looked at', (_, objects, text) => {
    expect(outcome(using('home'), objects)).toBe(`0/3 nodes are available: ${text}.`);
  });

  test('GIVEN a claim for one pod only WHEN another has it, wherever it runs THEN no node will do', () => {
    const alone = claim({ volumeName: 'disk', accessModes: ['ReadWriteOncePod'] }, DONE);
    const objects = withClaim(alone, { persistentVolumes: [volume('disk')] });
    const holder = { ...using('home'), metadata: { name: 'holder' } };
    const held = { ...holder, spec: { ...holder.spec, nodeName: 'b' } };
    expect(outcome(using('home'), objects)).toBe('a b bare');
    expect(outcome(using('home'), { ...objects, pods: [held] })).toContain(
      '3 node(s) unavailable due to PersistentVolumeClaim',
    );
    const far = { ...held, metadata: { name: 'holder', namespace: 'far' } };
    expect(outcome(using('home'), { ...objects, pods: [far] })).toBe('a b bare');
  });
});

describe('volumes that are there', () => {
  const on = (one: PersistentVolume): string => outcome(using('home'), withClaim(bound, { persistentVolumes: [one] }));

  test('GIVEN a volume of some nodes THEN its pod goes there', () => {
    expect(on(volume('disk', inZone('b')))).toBe('b');
    expect(
      outcome(using('home'), {
        ...withClaim(bound, { persistentVolumes: [volume('disk', inZone('c'))] }),
        nodes: nodes.slice(0, 1),
      }),
    ).toBe("0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity.");
  });

  test('GIVEN a volume that says its zone by a label THEN nodes of other zones are out; those without any label are not', () => {
    expect(on(volume('disk', {}, { [LABELS.zone]: 'a' }))).toBe('a bare');
    expect(on(volume('disk', {}, { [BETA_TOPOLOGY_LABELS.zone]: 'b' }))).toBe('b bare');
    expect(on(volume('disk', {}, { [LABELS.zone]: 'a__b' }))).toBe('a b bare');
    expect(on(volume('disk', {}, { [LABELS.zone]: 'a__' }))).toBe('a b bare');
    expect(on(volume('disk', {}, { [LABELS.region]: 'r' }))).toBe('bare');
  });
});

describe('volumes that wait for their pod', () => {
  const nothing = "didn't find available persistent volumes to bind";

  test('GIVEN a class with topologies THEN its volumes are made there', () => {
    const allowedTopologies = [{ matchLabelExpressions: [{ key: LABELS.zone, values: ['b', 'c'] }] }];
    expect(outcome(using('home'), withClaim(claim()))).toBe('a b bare');
    expect(outcome(using('home'), withClaim(claim(), { storageClasses: [{ ...late, allowedTopologies }] }))).toBe('b');
    const chosen = claim({}, { [VOLUME_ANNOTATIONS.selectedNode]: 'a' });
    expect(outcome(using('home'), withClaim(chosen))).toBe('a');
  });

  test('GIVEN local volumes THEN a node needs a free one of the size, mode and class', () => {
    const place = (one: PersistentVolume, wanted = claim()): string =>
      outcome(using('home'), withClaim(wanted, { storageClasses: [local], persistentVolumes: [one] }));
    expect(place(volume('disk', inZone('a')))).toBe('a');
    expect(place(volume('disk', inZone('a')), claim({ resources: { requests: { storage: '2Gi' } } }))).toContain(
      nothing,
    );
    expect(place(volume('disk', { ...inZone('a'), accessModes: ['ReadOnlyMany'] }))).toContain(nothing);
    expect(place(volume('disk', { ...inZone('a'), storageClassName: 'other' }))).toContain(nothing);
    expect(place(volume('disk', { ...inZone('a'), volumeMode: 'Block' }))).toContain(nothing);
    expect(place(volume('disk', { ...inZone('a'), claimRef: { namespace: 'default', name: 'theirs' } }))).toContain(
      nothing,
    );
    expect(place({ ...volume('disk', inZone('a')), status: { phase: 'Released' } })).toContain(nothing);
    const selecting = claim({ selector: { matchLabels: { tier: 'fast' } } });
    expect(place(volume('disk', inZone('a')), selecting)).toContain(nothing);
    expect(place(volume('disk', inZone('a'), { tier: 'fast' }), selecting)).toBe('a');
  });

  test('GIVEN a volume kept for the claim THEN no other will do, whatever its class', () => {
    const kept = volume('kept', {
      ...inZone('b'),
      storageClassName: 'other',
      claimRef: { namespace: 'default', name: 'home' },
    });
    const objects = withClaim(claim(), {
      storageClasses: [local],
      persistentVolumes: [volume('disk', inZone('a')), kept],
    });
    expect(outcome(using('home'), objects)).toBe('b');
  });

  test('GIVEN two claims of different size THEN the smaller chooses first', () => {
    const claims = [
      claim({ resources: { requests: { storage: '2Gi' } } }, {}, 'large'),
      claim({ selector: { matchLabels: { tier: 'fast' } } }, {}, 'small'),
    ];
    const size = { capacity: { storage: '2Gi' } };
    const volumes = [
      volume('fast', { ...inZone('a'), ...size }, { tier: 'fast' }),
      volume('slow', { ...inZone('a'), ...size }),
      volume('only', { ...inZone('b'), ...size }, { tier: 'fast' }),
    ];
    const objects = cluster({ storageClasses: [local], persistentVolumes: volumes, persistentVolumeClaims: claims });
    expect(outcome(using('large', 'small'), objects)).toBe('a');
  });
});
