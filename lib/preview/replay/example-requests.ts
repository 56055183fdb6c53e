import type { Manifest } from '../../bundle/bundle.ts';
import {
  CDI_ANNOTATION_PREFIX,
  DEVICE_MOUNT_ROOT,
  DEVICE_VARIABLES,
  NVIDIA_RUNTIME_CLASS_PART,
} from '../../catalog/accelerators.ts';
import { TAINTS } from '../../catalog/taints.ts';
import { type JsonObject, objectOr } from '../../core/json.ts';

/** What the examples are made of: what both versions of an environment know. */
export interface ExampleFacts {
  /** Names of PriorityClasses. */
  readonly priorityClasses: readonly string[];
  /** Extended resources of devices. */
  readonly devices: readonly string[];
  /** Names of node pools. */
  readonly pools: readonly string[];
}

/** Something that people may want to make in a namespace. */
export interface Example {
  /** `pods with cpu 16`: examples of a family differ in the last word, and are listed together. */
  readonly about: string;
  readonly object: (namespace: string) => Manifest;
}

const CPUS = ['2', '4', '8', '16', '32', '64', '128'];
const MEMORIES = ['8Gi', '16Gi', '32Gi', '64Gi', '128Gi', '256Gi', '512Gi'];
const SMALL: JsonObject = { cpu: '1', memory: '1Gi' };
const [DEVICE_VARIABLE = ''] = DEVICE_VARIABLES;

const container = (changes: JsonObject = {}): JsonObject => ({
  name: 'main',
  image: 'example.org/app:1',
  resources: { limits: SMALL },
  ...changes,
});

function pod(about: string, spec: JsonObject = {}, metadata: JsonObject = {}): Example {
  const object = (namespace: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: 'example', namespace },
    spec: { containers: [container()], ...spec },
  });
  return { about, object };
}

const limited = (about: string, limits: JsonObject): Example =>
  pod(about, { containers: [container({ resources: { limits: { ...SMALL, ...limits } } })] });

const tolerating = (about: string, toleration: JsonObject): Example => pod(about, { tolerations: [toleration] });

const other = (about: string, manifest: JsonObject & Pick<Manifest, 'apiVersion' | 'kind'>): Example => ({
  about,
  object: (namespace) => ({ ...manifest, metadata: { name: 'example', namespace } }),
});

const service = (about: string, spec: JsonObject): Example =>
  other(about, { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80 }], ...spec } });

/** Ways to get at devices beside asking Kubernetes for them. */
const DETOURS: readonly Example[] = [
  pod('pods that set variable NVIDIA_VISIBLE_DEVICES', {
    containers: [container({ env: [{ name: DEVICE_VARIABLE, value: 'all' }] })],
  }),
  pod('pods with variables of a prefix', {
    containers: [container({ envFrom: [{ prefix: DEVICE_VARIABLE.slice(0, 7), configMapRef: { name: 'example' } }] })],
  }),
  pod('pods with a device annotation', {}, { annotations: { [`${CDI_ANNOTATION_PREFIX}example`]: 'all' } }),
  pod('pods with a device mount', {
    containers: [container({ volumeMounts: [{ name: 'devices', mountPath: `${DEVICE_MOUNT_ROOT}/all` }] })],
  }),
  pod(`pods of runtime class ${NVIDIA_RUNTIME_CLASS_PART}`, { runtimeClassName: NVIDIA_RUNTIME_CLASS_PART }),
  pod('pods with a resource claim', { resourceClaims: [{ name: 'example', resourceClaimName: 'example' }] }),
  other('resource claims', { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', spec: {} }),
  other(`ConfigMaps with key ${DEVICE_VARIABLE}`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { [DEVICE_VARIABLE]: 'all' },
  }),
];

/** Services that are reached from outside of the cluster. */
const WAYS_IN: readonly Example[] = [
  service('Services of type NodePort', { type: 'NodePort' }),
  service('Services of type LoadBalancer', { type: 'LoadBalancer' }),
  service('Services with an external IP', { externalIPs: ['198.51.100.7'] }),
];

/** What people make, one example for everything that a policy may look at: sizes, devices, classes, placement, detours. */
export function examples({ priorityClasses, devices, pools }: ExampleFacts): readonly Example[] {
  return [
    pod('small pods'),
    pod('pods without limits', { containers: [container({ resources: {} })] }),
    ...CPUS.map((cpu) => limited(`pods with cpu ${cpu}`, { cpu })),
    ...MEMORIES.map((memory) => limited(`pods with memory ${memory}`, { memory })),
    ...devices.map((device) => limited(`pods that ask for ${device}`, { [device]: '1' })),
    ...priorityClasses.map((name) => pod(`pods of PriorityClass ${name}`, { priorityClassName: name })),
    ...devices.map((key) => tolerating(`pods that tolerate ${key}`, { key, operator: 'Exists' })),
    ...pools.map((value) => tolerating(`pods that tolerate pool ${value}`, { key: TAINTS.dedicated, value })),
    tolerating('pods that tolerate everything', { operator: 'Exists' }),
    pod('pods that name their node', { nodeName: 'example' }),
    ...DETOURS,
    ...WAYS_IN,
  ];
}

/** Examples that are pods, under a ServiceAccount: for exceptions that are for one. */
export function asServiceAccount(all: readonly Example[], account: string): readonly Example[] {
  return all.flatMap(({ about, object }): readonly Example[] => {
    if (object('').kind !== 'Pod') return [];
    const owned = (namespace: string): Manifest => {
      const made = object(namespace);
      return { ...made, spec: { ...objectOr(made.spec), serviceAccountName: account } };
    };
    return [{ about: about.replace('pods', `pods of ServiceAccount ${account}`), object: owned }];
  });
}
