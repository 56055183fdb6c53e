import type { Manifest } from '../../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../../lib/core/json.ts';
import { type CorpusCase, container, debugContainer, devices, pod, refused } from './case.ts';

const GPU = devices({ 'nvidia.com/gpu': '1' });
const VISIBLE = 'NVIDIA_VISIBLE_DEVICES';

const withVariable = (variable: JsonObject, changes: JsonObject = {}): JsonObject => ({
  containers: [container({ env: [variable], ...changes })],
});

function configMap(namespace: string, content: JsonObject): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, ...content };
}

const debugging = (env: readonly JsonObject[]): JsonObject => ({
  spec: { ephemeralContainers: [debugContainer({ env })] },
});

/** Ways of getting devices without asking for them. */
export const SMUGGLING_CASES: readonly CorpusCase[] = [
  ...refused('gpu-access', [
    {
      title: 'sets NVIDIA_VISIBLE_DEVICES to all',
      object: pod('tabular', withVariable({ name: VISIBLE, value: 'all' })),
      says: 'Container "main" sets NVIDIA_VISIBLE_DEVICES, by which a container gets GPUs it did not ask for.',
    },
    {
      title: 'sets NVIDIA_VISIBLE_DEVICES to an index',
      object: pod('tabular', withVariable({ name: VISIBLE, value: '0' })),
      says: 'sets NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'sets NVIDIA_VISIBLE_DEVICES in an init container',
      object: pod('tabular', {
        containers: [container()],
        initContainers: [container({ name: 'before', env: [{ name: VISIBLE, value: 'all' }] })],
      }),
      says: 'Container "before" sets NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'takes NVIDIA_VISIBLE_DEVICES from a ConfigMap',
      object: pod(
        'tabular',
        withVariable({ name: VISIBLE, valueFrom: { configMapKeyRef: { name: 'settings', key: 'devices' } } }),
      ),
      says: 'sets NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'sets NVIDIA_VISIBLE_DEVICES without a GPU where GPUs are allowed',
      object: pod('vision', withVariable({ name: VISIBLE, value: 'all' })),
      says: 'sets NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'asks for one GPU and sets NVIDIA_VISIBLE_DEVICES to all',
      object: pod('vision', withVariable({ name: VISIBLE, value: 'all' }, { resources: GPU })),
      says: 'sets NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'sets NVIDIA_VISIBLE_DEVICES in a session',
      object: pod('workbench-sessions', withVariable({ name: VISIBLE, value: 'all' })),
      says: 'sets NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'sets NVIDIA_MIG_CONFIG_DEVICES',
      object: pod('vision', withVariable({ name: 'NVIDIA_MIG_CONFIG_DEVICES', value: 'all' }, { resources: GPU })),
      says: 'sets NVIDIA_MIG_CONFIG_DEVICES',
    },
    {
      title: 'sets AMD_VISIBLE_DEVICES',
      object: pod('tabular', withVariable({ name: 'AMD_VISIBLE_DEVICES', value: 'all' })),
      says: 'sets AMD_VISIBLE_DEVICES',
    },
    {
      title: 'sets NVIDIA_DRIVER_CAPABILITIES without GPUs',
      object: pod('tabular', withVariable({ name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'all' })),
      says: 'sets NVIDIA_DRIVER_CAPABILITIES',
    },
    {
      title: 'sets NVIDIA_VISIBLE_DEVICES beside other software',
      object: pod('other-software', withVariable({ name: VISIBLE, value: 'all' })),
      says: 'sets NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'composes NVIDIA_VISIBLE_DEVICES of a prefix and a key',
      object: pod('tabular', {
        containers: [container({ envFrom: [{ prefix: 'NVIDIA_', configMapRef: { name: 'settings' } }] })],
      }),
      says: 'A prefix of envFrom turns keys into variables',
    },
    {
      title: 'composes NVIDIA_VISIBLE_DEVICES of one letter and a key',
      object: pod('vision', {
        containers: [container({ envFrom: [{ prefix: 'N', secretRef: { name: 'settings' } }] })],
      }),
      says: 'A prefix of envFrom turns keys into variables',
    },
    {
      title: 'debugs with NVIDIA_VISIBLE_DEVICES',
      object: pod('tabular'),
      update: { subresource: 'ephemeralcontainers', patch: debugging([{ name: VISIBLE, value: 'all' }]) },
      says: 'Container "debug" sets NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'uses the runtime class of GPUs',
      object: pod('tabular', { runtimeClassName: 'nvidia' }),
      says: 'Runtime class "nvidia" gives the pod GPUs',
    },
    {
      title: 'uses another runtime class of the GPU operator',
      object: pod('teaching', { runtimeClassName: 'nvidia-cdi' }),
      says: 'Runtime class "nvidia-cdi"',
    },
    {
      title: 'uses the runtime class of GPUs without a GPU where GPUs are allowed',
      object: pod('vision', { runtimeClassName: 'nvidia' }),
      says: 'it asks for none that it may have',
    },
    {
      title: 'names a CDI device in an annotation',
      object: pod('tabular', {}, { annotations: { 'cdi.k8s.io/gpu': 'nvidia.com/gpu=all' } }),
      says: 'The pod asks the container runtime for devices by an annotation or a mount.',
    },
    {
      title: 'names devices by a mount',
      object: pod('vision', {
        containers: [
          container({ volumeMounts: [{ name: 'all', mountPath: '/var/run/nvidia-container-devices/all' }] }),
        ],
        volumes: [{ name: 'all', emptyDir: {} }],
      }),
      says: 'The pod asks the container runtime for devices by an annotation or a mount.',
    },
  ]),
  ...refused('gpu-access-environment', [
    {
      title: 'keeps NVIDIA_VISIBLE_DEVICES in a ConfigMap',
      object: configMap('tabular', { data: { [VISIBLE]: 'all' } }),
      says: 'Key NVIDIA_VISIBLE_DEVICES of ConfigMap "settings" gives GPUs to containers that read it by envFrom',
    },
    {
      title: 'keeps NVIDIA_VISIBLE_DEVICES in the binary data of a ConfigMap',
      object: configMap('vision', { binaryData: { [VISIBLE]: 'YWxs' } }),
      says: 'Key NVIDIA_VISIBLE_DEVICES',
    },
    {
      title: 'keeps NVIDIA_VISIBLE_DEVICES in a Secret',
      object: { ...configMap('tabular', { stringData: { [VISIBLE]: 'all' } }), kind: 'Secret' },
      says: 'Key NVIDIA_VISIBLE_DEVICES of Secret "settings"',
    },
  ]),
  {
    title: 'sets NVIDIA_VISIBLE_DEVICES under a ServiceAccount with an exception',
    object: pod('teaching', { serviceAccountName: 'demo', ...withVariable({ name: VISIBLE, value: 'all' }) }),
  },
  { title: 'switches GPUs off', object: pod('tabular', withVariable({ name: VISIBLE, value: 'void' })) },
  { title: 'switches GPUs off by "none"', object: pod('vision', withVariable({ name: VISIBLE, value: 'none' })) },
  {
    title: 'chooses among its own GPUs',
    object: pod('vision', withVariable({ name: 'CUDA_VISIBLE_DEVICES', value: '0' })),
  },
  {
    title: "uses NVIDIA's web services",
    object: pod('tabular', withVariable({ name: 'NVIDIA_API_KEY', value: 'key' })),
  },
  {
    title: 'asks for a GPU and names driver capabilities',
    object: pod('vision', withVariable({ name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'compute' }, { resources: GPU })),
  },
  {
    title: 'asks for a GPU and uses the runtime class of GPUs',
    object: pod('vision', { runtimeClassName: 'nvidia', containers: [container({ resources: GPU })] }),
  },
  { title: 'uses another runtime class', object: pod('tabular', { runtimeClassName: 'gvisor' }) },
  {
    title: 'reads a ConfigMap by envFrom with a prefix of its own',
    object: pod('tabular', {
      containers: [container({ envFrom: [{ prefix: 'APP_', configMapRef: { name: 'settings' } }] })],
    }),
  },
  {
    title: 'debugs',
    object: pod('tabular'),
    update: { subresource: 'ephemeralcontainers', patch: debugging([{ name: 'LEVEL', value: 'debug' }]) },
  },
  { title: 'keeps settings in a ConfigMap', object: configMap('tabular', { data: { LEVEL: 'debug' } }) },
  {
    title: 'sets NVIDIA_VISIBLE_DEVICES in GPU software of the cluster',
    object: pod('gpu-software', withVariable({ name: VISIBLE, value: 'all' })),
  },
  {
    title: "sets NVIDIA_VISIBLE_DEVICES in the GPU operator's namespace",
    object: pod('gpu-operator', { ...withVariable({ name: VISIBLE, value: 'all' }), runtimeClassName: 'nvidia' }),
  },
];
