import { VOLUME_ANNOTATIONS } from '../../../lib/catalog/annotations.ts';
import { BETA_TOPOLOGY_LABELS, LABELS } from '../../../lib/catalog/labels.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../lib/scheduling/volume.ts';
import { NAMESPACES } from './names.ts';

const zones = (key: string, ...values: readonly string[]) => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values } as const] }] },
});

/** Volumes that have their claim, by the claim's name; each reaches only some nodes. */
const BOUND: Readonly<Record<string, { labels?: Record<string, string>; nodeAffinity?: ReturnType<typeof zones> }>> = {
  'in-zone-a': { labels: { [LABELS.zone]: 'a' } },
  'in-two-zones': { labels: { [LABELS.zone]: 'a__b' } },
  'in-old-zone-b': { labels: { [BETA_TOPOLOGY_LABELS.zone]: 'b' } },
  'on-node-0': { nodeAffinity: zones(LABELS.hostname, 'node-0') },
  'on-ssd': { nodeAffinity: zones('disk', 'ssd') },
  exclusive: {},
};
/** Claims that wait for their pod, with their class and size. */
const WAITING = {
  'made-in-zone-a': ['zone-a', '1Gi'],
  'made-anywhere': ['anywhere', '1Gi'],
  'local-small': ['local', '1Gi'],
  'local-large': ['local', '2Gi'],
} as const;

/** Claims a pod may name without changing anything for the pods after it. */
export const SETTLED_CLAIMS: readonly string[] = [...Object.keys(BOUND), 'volume-is-gone', 'never-bound', 'nowhere'];
/** Claims that are gone once a pod was placed with them. */
export const WAITING_CLAIMS: readonly string[] = Object.keys(WAITING);

const STORAGE = (size: string) => ({ resources: { requests: { storage: size } } });
const ACCESS = { accessModes: ['ReadWriteOnce'] };

export const STORAGE_CLASSES: readonly StorageClass[] = [
  {
    metadata: { name: 'zone-a' },
    provisioner: 'example.com/disk',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowedTopologies: [{ matchLabelExpressions: [{ key: LABELS.zone, values: ['a'] }] }],
  },
  { metadata: { name: 'anywhere' }, provisioner: 'example.com/disk', volumeBindingMode: 'WaitForFirstConsumer' },
  {
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
  { metadata: { name: 'at-once' }, provisioner: 'example.com/disk', volumeBindingMode: 'Immediate' },
];

function boundVolumes(): readonly PersistentVolume[] {
  return Object.keys(NAMESPACES).flatMap((namespace) =>
    Object.entries(BOUND).map(([claim, { labels = {}, nodeAffinity }]) => ({
      metadata: { name: `${namespace}-${claim}`, labels },
      spec: {
        accessModes: [claim === 'exclusive' ? 'ReadWriteOncePod' : 'ReadWriteOnce'],
        capacity: { storage: '1Gi' },
        storageClassName: 'at-once',
        claimRef: { namespace, name: claim },
        ...(nodeAffinity ? { nodeAffinity } : {}),
      },
      status: { phase: 'Bound' },
    })),
  );
}

const LOCAL_VOLUMES: readonly PersistentVolume[] = [
  ['local-0', '1Gi', 'node-0'],
  ['local-1', '2Gi', 'node-1'],
  ['local-1-small', '1Gi', 'node-1'],
].map(([name = '', storage = '', node = '']) => ({
  metadata: { name },
  spec: { ...ACCESS, capacity: { storage }, storageClassName: 'local', nodeAffinity: zones(LABELS.hostname, node) },
  status: { phase: 'Available' },
}));

export const PERSISTENT_VOLUMES: readonly PersistentVolume[] = [...boundVolumes(), ...LOCAL_VOLUMES];

const DONE = { [VOLUME_ANNOTATIONS.bindCompleted]: 'yes' };

function claimsOf(namespace: string): readonly PersistentVolumeClaim[] {
  const at = (name: string, annotations: Record<string, string> = {}) => ({ name, namespace, annotations });
  return [
    ...Object.keys(BOUND).map((name) => ({
      metadata: at(name, DONE),
      spec: {
        accessModes: [name === 'exclusive' ? 'ReadWriteOncePod' : 'ReadWriteOnce'],
        storageClassName: 'at-once',
        volumeName: `${namespace}-${name}`,
        ...STORAGE('1Gi'),
      },
    })),
    {
      metadata: at('volume-is-gone', DONE),
      spec: { ...ACCESS, storageClassName: 'at-once', volumeName: 'gone', ...STORAGE('1Gi') },
    },
    { metadata: at('never-bound'), spec: { ...ACCESS, storageClassName: 'at-once', ...STORAGE('1Gi') } },
    ...Object.entries(WAITING).map(([name, [storageClassName, size]]) => ({
      metadata: at(name),
      spec: { ...ACCESS, storageClassName, ...STORAGE(size) },
    })),
  ];
}

export const CLAIMS: readonly PersistentVolumeClaim[] = Object.keys(NAMESPACES).flatMap(claimsOf);
