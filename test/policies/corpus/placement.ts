import type { JsonObject } from '../../../lib/core/json.ts';
import { type CorpusCase, container, devices, pod, refused } from './case.ts';

const tolerating = (...tolerations: readonly JsonObject[]): JsonObject => ({ tolerations });
const DEDICATED = 'atelier.dev/dedicated';
const OPEN_NODES = 'A toleration without a key opens every node of the cluster';

/** Ways onto nodes. */
export const PLACEMENT_CASES: readonly CorpusCase[] = [
  ...refused('gpu-access', [
    {
      title: 'tolerates the taint of GPUs',
      object: pod('tabular', tolerating({ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' })),
      says: 'The pod tolerates taint "nvidia.com/gpu" of GPU nodes, but pods of namespace "tabular" may not use GPUs.',
    },
    {
      title: 'tolerates the taint of GPUs by value',
      object: pod('tabular', tolerating({ key: 'nvidia.com/gpu', operator: 'Equal', value: 'present' })),
      says: 'tolerates taint "nvidia.com/gpu"',
    },
    {
      title: 'tolerates the taint of GPUs whatever the effect',
      object: pod('teaching', tolerating({ key: 'nvidia.com/gpu', operator: 'Exists' })),
      says: 'tolerates taint "nvidia.com/gpu"',
    },
    {
      title: 'tolerates a taint of AMD GPUs',
      object: pod('tabular', tolerating({ key: 'amd.com/gpu', operator: 'Exists', effect: 'NoExecute' })),
      says: 'tolerates taint "amd.com/gpu"',
    },
    {
      title: 'tolerates the dedicated taint of the GPU pool',
      object: pod('tabular', tolerating({ key: DEDICATED, operator: 'Equal', value: 'gpu', effect: 'NoSchedule' })),
      says: `tolerates taint "${DEDICATED}"`,
    },
    {
      title: 'tolerates the dedicated taint of every pool',
      object: pod('teaching', tolerating({ key: DEDICATED, operator: 'Exists' })),
      says: `tolerates taint "${DEDICATED}"`,
    },
    {
      title: 'tolerates everything',
      object: pod('tabular', tolerating({ operator: 'Exists' })),
      says: OPEN_NODES,
    },
    {
      title: 'tolerates everything that repels',
      object: pod('teaching', tolerating({ operator: 'Exists', effect: 'NoSchedule' })),
      says: OPEN_NODES,
    },
    {
      title: 'tolerates everything where GPUs are allowed',
      object: pod('vision', tolerating({ operator: 'Exists' })),
      says: OPEN_NODES,
    },
    {
      title: 'tolerates everything in a session',
      object: pod('workbench-sessions', tolerating({ operator: 'Exists' })),
      says: OPEN_NODES,
    },
    {
      title: 'tolerates everything in a namespace that HNC just made',
      object: pod('fresh', tolerating({ operator: 'Exists' })),
      says: OPEN_NODES,
    },
    {
      title: 'adds a toleration of GPUs later',
      object: pod('tabular'),
      update: { patch: { spec: tolerating({ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }) } },
      says: 'tolerates taint "nvidia.com/gpu"',
    },
    {
      title: 'adds a toleration of everything later',
      object: pod('vision'),
      update: { patch: { spec: tolerating({ operator: 'Exists', effect: 'NoSchedule' }) } },
      says: OPEN_NODES,
    },
    {
      title: 'names its node',
      object: pod('tabular', { nodeName: 'gpu-1' }),
      says: 'nodeName "gpu-1" puts the pod on a node past the scheduler',
    },
    {
      title: 'names its node where GPUs are allowed',
      object: pod('vision', { nodeName: 'gpu-1' }),
      says: 'nodeName "gpu-1"',
    },
    {
      title: 'names its node in a session',
      object: pod('workbench-sessions', { nodeName: 'gpu-1' }),
      says: 'nodeName',
    },
  ]),
  {
    title: 'tolerates the dedicated taint of a pool without GPUs',
    object: pod('tabular', tolerating({ key: DEDICATED, operator: 'Equal', value: 'cpu', effect: 'NoSchedule' })),
  },
  {
    title: 'tolerates an unreachable node for a while',
    object: pod(
      'tabular',
      tolerating({
        key: 'node.kubernetes.io/unreachable',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 60,
      }),
    ),
  },
  {
    title: 'tolerates the taint of GPUs where GPUs are allowed',
    object: pod('vision', {
      ...tolerating({ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }),
      containers: [container({ resources: devices({ 'nvidia.com/gpu': '1' }) })],
    }),
  },
  {
    title: 'selects its nodes by label',
    object: pod('tabular', { nodeSelector: { 'atelier.dev/node-pool': 'gpu' } }),
  },
  {
    title: 'is an add-on of other software on every node',
    object: pod('other-software', {
      ...tolerating({ operator: 'Exists' }),
      nodeName: 'gpu-1',
      containers: [container({ resources: {} })],
    }),
  },
  {
    title: 'is an add-on of the platform on every node',
    object: pod('monitoring', { ...tolerating({ operator: 'Exists' }), containers: [container({ resources: {} })] }),
  },
  {
    title: 'pre-pulls images onto all pools of sessions',
    object: pod(
      'workbench-sessions',
      tolerating(
        { key: DEDICATED, operator: 'Exists', effect: 'NoSchedule' },
        { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      ),
    ),
  },
  {
    title: 'gets a new image',
    object: pod('tabular'),
    update: { patch: { spec: { containers: [{ name: 'main', image: 'registry.example.org/app:2' }] } } },
  },
  {
    title: 'gets a label',
    object: pod('tabular'),
    update: { patch: { metadata: { labels: { reviewed: 'yes' } } } },
  },
];
