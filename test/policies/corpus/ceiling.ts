import type { JsonObject } from '../../../lib/core/json.ts';
import { type CorpusCase, container, devices, pod, refused } from './case.ts';

const limits = (cpu: string, memory: string): JsonObject => ({ resources: { limits: { cpu, memory } } });
const sized = (cpu: string, memory: string): JsonObject => ({ containers: [container(limits(cpu, memory))] });

const resized = (cpu: string, memory: string): JsonObject => ({
  spec: { containers: [{ name: 'main', resources: { limits: { cpu, memory }, requests: { cpu, memory } } }] },
});

/** Containers `c0`, `c1`, ... of the same limits. */
const several = (count: number, cpu: string, memory: string): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => container({ name: `c${index}`, ...limits(cpu, memory) }));

const init = (name: string, cpu: string, memory: string): JsonObject => container({ name, ...limits(cpu, memory) });
const sidecar = (name: string, cpu: string, memory: string): JsonObject =>
  container({ name, restartPolicy: 'Always', ...limits(cpu, memory) });

const LACKING = 'has no limit for cpu or for memory';

/** Sizes of containers; the ceiling is 16 CPUs and 64Gi. */
export const CEILING_CASES: readonly CorpusCase[] = [
  ...refused('pod-ceiling', [
    {
      title: 'has too much CPU',
      object: pod('tabular', sized('17', '1Gi')),
      says: 'The pod may use 17 CPUs while its containers run; one pod in namespace "tabular" may use at most 16. Ask for less',
    },
    {
      title: 'has a thousandth of a CPU too much',
      object: pod('vision', sized('16001m', '1Gi')),
      says: 'The pod may use 16.001 CPUs',
    },
    {
      title: 'has too much memory',
      object: pod('tabular', sized('1', '65Gi')),
      says: 'The pod may use 65Gi of memory while its containers run; one pod in namespace',
    },
    {
      title: 'has too much memory in decimal units',
      object: pod('teaching', sized('1', '69G')),
      says: 'The pod may use 65804Mi of memory',
    },
    {
      title: 'has too much in the second container',
      object: pod('tabular', { containers: [container(), container({ name: 'second', ...limits('32', '1Gi') })] }),
      says: 'The pod may use 33 CPUs while its containers run',
    },
    {
      title: 'has too much in an init container',
      object: pod('tabular', {
        containers: [container()],
        initContainers: [container({ name: 'before', ...limits('1', '100Gi') })],
      }),
      says: 'The pod may use 100Gi of memory while an init container runs',
    },
    {
      title: 'has too much in a sidecar',
      object: pod('tabular', {
        containers: [container()],
        initContainers: [container({ name: 'before', restartPolicy: 'Always', ...limits('64', '1Gi') })],
      }),
      says: 'The pod may use 65 CPUs while its containers run',
    },
    {
      title: 'has two containers that are too much together',
      object: pod('tabular', { containers: several(2, '10', '1Gi') }),
      says: 'The pod may use 20 CPUs while its containers run',
    },
    {
      title: 'has containers of odd sizes that are a thousandth too much together',
      object: pod('vision', { containers: [...several(9, '1777m', '1Gi'), init('last', '0.008', '1Gi')] }),
      says: 'The pod may use 16.001 CPUs',
    },
    {
      title: 'has many containers that are a byte too much together',
      object: pod('tabular', { containers: [...several(63, '0.1', '1Gi'), init('last', '0.1', '1073741825')] }),
      says: 'The pod may use 65537Mi of memory while its containers run',
    },
    {
      title: 'has memory in thousandths of bytes and in Ti',
      object: pod('teaching', { containers: [init('a', '1', '1073741824000m'), init('b', '1', '1Ti')] }),
      says: 'The pod may use 1025Gi of memory',
    },
    {
      title: 'has sidecars that are too much together',
      object: pod('tabular', {
        containers: [container()],
        initContainers: [sidecar('s0', '8', '1Gi'), sidecar('s1', '8', '1Gi')],
      }),
      says: 'The pod may use 17 CPUs while its containers run',
    },
    {
      title: 'has an init container that is too much beside the sidecar before it',
      object: pod('tabular', {
        containers: [container()],
        initContainers: [sidecar('s0', '2', '1Gi'), init('before', '15', '1Gi')],
      }),
      says: 'The pod may use 17 CPUs while an init container runs',
    },
    {
      title: 'is too much with what its runtime class adds',
      object: pod('teaching', { ...sized('15500m', '1Gi'), runtimeClassName: 'sandboxed' }),
      says: 'The pod may use 16.5 CPUs',
    },
    {
      title: 'has many more containers than anybody needs',
      object: pod('vision', { containers: several(100, '200m', '1Gi') }),
      says: 'The pod may use 20 CPUs',
    },
    {
      title: 'has an amount that no node has',
      object: pod('vision', sized('1', '4Ei')),
      says: 'may use at most 64Gi',
    },
    {
      title: 'has a limit of 0, which is none',
      object: pod('tabular', sized('0', '1Gi')),
      says: LACKING,
    },
    {
      title: 'has a limit of 0 in a sidecar',
      object: pod('vision', { containers: [container()], initContainers: [sidecar('s0', '1', '0')] }),
      says: 'Container "s0" has no limit',
    },
    {
      title: 'has too much memory as a whole pod, and little in its containers',
      object: pod('tabular', {
        resources: { limits: { cpu: '4', memory: '65Gi' } },
        containers: [container()],
      }),
      says: 'The pod may use 65Gi of memory by the limit of the pod',
    },
    {
      title: 'grows above the ceiling in two containers together',
      object: pod('tabular', { containers: several(2, '1', '1Gi') }),
      update: {
        subresource: 'resize',
        patch: {
          spec: {
            containers: ['c0', 'c1'].map((name) => ({
              name,
              resources: { limits: { cpu: '9', memory: '1Gi' }, requests: { cpu: '9', memory: '1Gi' } },
            })),
          },
        },
      },
      says: 'The pod may use 18 CPUs',
    },
    {
      unlessDefaulted: true,
      title: 'has no limits',
      object: pod('tabular', { containers: [container({ resources: {} })] }),
      says: LACKING,
    },
    {
      unlessDefaulted: true,
      title: 'has requests and no limits',
      object: pod('vision', { containers: [container({ resources: { requests: { cpu: '64', memory: '1Gi' } } })] }),
      says: LACKING,
    },
    {
      unlessDefaulted: true,
      title: 'has a limit for CPU alone',
      object: pod('tabular', { containers: [container({ resources: { limits: { cpu: '1' } } })] }),
      says: LACKING,
    },
    {
      unlessDefaulted: true,
      title: 'has an init container without limits',
      object: pod('tabular', {
        containers: [container()],
        initContainers: [container({ name: 'before', resources: {} })],
      }),
      says: 'Container "before" has no limit',
    },
    {
      unlessDefaulted: true,
      title: 'has too much as a whole pod, and containers without limits',
      object: pod('tabular', {
        resources: { limits: { cpu: '32', memory: '1Gi' } },
        containers: [container({ resources: {} })],
      }),
      says: 'The pod may use 32 CPUs by the limit of the pod',
    },
    {
      title: 'grows above the ceiling in CPU',
      object: pod('tabular'),
      update: { subresource: 'resize', patch: resized('17', '1Gi') },
      says: 'The pod may use 17 CPUs',
    },
    {
      title: 'grows above the ceiling in memory',
      object: pod('vision'),
      update: { subresource: 'resize', patch: resized('1', '65Gi') },
      says: 'The pod may use 65Gi of memory',
    },
    {
      title: 'is an exception under another ServiceAccount',
      object: pod('tabular', { ...sized('32', '1Gi'), serviceAccountName: 'demo' }),
      says: 'The pod may use 32 CPUs',
    },
    {
      title: 'is an exception in another namespace',
      object: pod('teaching', { ...sized('32', '1Gi'), serviceAccountName: 'trainer' }),
      says: 'The pod may use 32 CPUs',
    },
    {
      title: 'is an exception that is over',
      object: pod('vision', sized('32', '1Gi')),
      says: 'The pod may use 32 CPUs',
    },
    {
      title: 'claims to be older than an exception that is over',
      object: pod('vision', sized('32', '1Gi'), { creationTimestamp: '2020-01-01T00:00:00Z' }),
      says: 'The pod may use 32 CPUs',
    },
    {
      title: 'has too much in a namespace that HNC just made',
      object: pod('fresh', sized('32', '1Gi')),
      says: 'The pod may use 32 CPUs',
    },
  ]),
  { title: 'is exactly as large as may be', object: pod('tabular', sized('16', '64Gi')) },
  { title: 'is exactly as large as may be in other units', object: pod('teaching', sized('16000m', '65536Mi')) },
  {
    // Added as floats, these are 16.000000000000007 CPUs.
    title: 'is exactly as large as may be in many containers',
    object: pod('tabular', { containers: several(40, '0.4', '1717986918') }),
  },
  {
    title: 'is exactly as large as may be with what its runtime class adds',
    object: pod('vision', { ...sized('15', '63Gi'), runtimeClassName: 'sandboxed' }),
  },
  {
    title: 'is exactly as large as may be in thirds',
    object: pod('vision', { containers: [...several(2, '5333m', '1Gi'), init('last', '5.334', '62Gi')] }),
  },
  {
    title: 'is exactly as large as may be in odd units',
    object: pod('teaching', { containers: [init('a', '1e1', '32e9'), init('b', '6000000u', '36719476736000m')] }),
  },
  {
    title: 'has init containers as large as may be, one after the other',
    object: pod('tabular', {
      containers: [container()],
      initContainers: [init('a', '16', '64Gi'), init('b', '16', '64Gi'), sidecar('s0', '15', '63Gi')],
    }),
  },
  {
    title: 'may use less as a whole pod than its containers together',
    object: pod('vision', {
      resources: { limits: { cpu: '16', memory: '64Gi' } },
      containers: ['a', 'b'].map((name) =>
        container({
          name,
          resources: { limits: { cpu: '16', memory: '64Gi' }, requests: { cpu: '1', memory: '1Gi' } },
        }),
      ),
    }),
  },
  {
    title: 'has limits as a whole pod',
    object: pod('tabular', {
      resources: { limits: { cpu: '4', memory: '8Gi' } },
      containers: [container({ resources: {} })],
    }),
  },
  {
    title: 'is an exception',
    object: pod('tabular', { ...sized('32', '128Gi'), serviceAccountName: 'trainer' }),
  },
  {
    title: 'grows below the ceiling',
    object: pod('tabular'),
    update: { subresource: 'resize', patch: resized('8', '32Gi') },
  },
  {
    title: 'is a session of any size',
    object: pod('workbench-sessions', {
      containers: [container({ resources: { limits: { cpu: '96', memory: '700Gi', 'nvidia.com/gpu': '8' } } })],
    }),
  },
  {
    title: 'has no limits in other software',
    object: pod('other-software', { containers: [container({ resources: {} })] }),
  },
  {
    title: 'uses a GPU within the ceiling',
    object: pod('vision', { containers: [container({ resources: devices({ 'nvidia.com/gpu': '2' }) })] }),
  },
];
