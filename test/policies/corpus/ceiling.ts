import type { JsonObject } from '../../../lib/core/json.ts';
import { type CorpusCase, container, devices, pod, refused } from './case.ts';

const limits = (cpu: string, memory: string): JsonObject => ({ resources: { limits: { cpu, memory } } });
const sized = (cpu: string, memory: string): JsonObject => ({ containers: [container(limits(cpu, memory))] });

const resized = (cpu: string, memory: string): JsonObject => ({
  spec: { containers: [{ name: 'main', resources: { limits: { cpu, memory }, requests: { cpu, memory } } }] },
});

const LACKING = 'has no limit for cpu or for memory';

/** Sizes of containers; the ceiling is 16 CPUs and 64Gi. */
export const CEILING_CASES: readonly CorpusCase[] = [
  ...refused('pod-ceiling', [
    {
      title: 'has too much CPU',
      object: pod('tabular', sized('17', '1Gi')),
      says: 'Container "main" has the limit 17 for cpu; one container in namespace "tabular" may have at most 16.',
    },
    {
      title: 'has a thousandth of a CPU too much',
      object: pod('vision', sized('16001m', '1Gi')),
      says: 'has the limit 16001m for cpu',
    },
    {
      title: 'has too much memory',
      object: pod('tabular', sized('1', '65Gi')),
      says: 'has the limit 65Gi for memory; one container in namespace',
    },
    {
      title: 'has too much memory in decimal units',
      object: pod('teaching', sized('1', '69G')),
      says: 'has the limit 69G for memory',
    },
    {
      title: 'has too much in the second container',
      object: pod('tabular', { containers: [container(), container({ name: 'second', ...limits('32', '1Gi') })] }),
      says: 'Container "second" has the limit 32',
    },
    {
      title: 'has too much in an init container',
      object: pod('tabular', {
        containers: [container()],
        initContainers: [container({ name: 'before', ...limits('1', '100Gi') })],
      }),
      says: 'Container "before" has the limit 100Gi',
    },
    {
      title: 'has too much in a sidecar',
      object: pod('tabular', {
        containers: [container()],
        initContainers: [container({ name: 'before', restartPolicy: 'Always', ...limits('64', '1Gi') })],
      }),
      says: 'Container "before" has the limit 64',
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
      says: 'has the limit 32 for cpu',
    },
    {
      title: 'grows above the ceiling in CPU',
      object: pod('tabular'),
      update: { subresource: 'resize', patch: resized('17', '1Gi') },
      says: 'has the limit 17 for cpu',
    },
    {
      title: 'grows above the ceiling in memory',
      object: pod('vision'),
      update: { subresource: 'resize', patch: resized('1', '65Gi') },
      says: 'has the limit 65Gi for memory; one container in namespace',
    },
    {
      title: 'is an exception under another ServiceAccount',
      object: pod('tabular', { ...sized('32', '1Gi'), serviceAccountName: 'demo' }),
      says: 'has the limit 32',
    },
    {
      title: 'is an exception in another namespace',
      object: pod('teaching', { ...sized('32', '1Gi'), serviceAccountName: 'trainer' }),
      says: 'has the limit 32',
    },
    {
      title: 'is an exception that is over',
      object: pod('vision', sized('32', '1Gi')),
      says: 'has the limit 32',
    },
    {
      title: 'claims to be older than an exception that is over',
      object: pod('vision', sized('32', '1Gi'), { creationTimestamp: '2020-01-01T00:00:00Z' }),
      says: 'has the limit 32',
    },
    {
      title: 'has too much in a namespace that HNC just made',
      object: pod('fresh', sized('32', '1Gi')),
      says: 'has the limit 32',
    },
  ]),
  { title: 'is exactly as large as may be', object: pod('tabular', sized('16', '64Gi')) },
  { title: 'is exactly as large as may be in other units', object: pod('teaching', sized('16000m', '65536Mi')) },
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
