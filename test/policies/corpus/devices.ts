import type { Manifest } from '../../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../../lib/core/json.ts';
import { type CorpusCase, container, devices, pod, refused } from './case.ts';

const GPU = devices({ 'nvidia.com/gpu': '1' });

const withDevices = (name: string): JsonObject => ({
  containers: [container({ resources: devices({ [name]: '1' }) })],
});

const initContainer = (changes: JsonObject): JsonObject => ({
  containers: [container()],
  initContainers: [container({ name: 'before', ...changes })],
});

const CLAIM_SPEC = { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu.nvidia.com' } }] } };

const claim = (namespace: string): Manifest => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: { name: 'one-gpu', namespace },
  spec: CLAIM_SPEC,
});

const claimTemplate = (namespace: string): Manifest => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaimTemplate',
  metadata: { name: 'one-gpu', namespace },
  spec: { spec: CLAIM_SPEC },
});

const VENDORS = [
  'nvidia.com/gpu',
  'nvidia.com/mig-1g.5gb',
  'nvidia.com/gpu.shared',
  'amd.com/gpu',
  'gpu.intel.com/i915',
  'habana.ai/gaudi',
  'aws.amazon.com/neuroncore',
  'deviceclass.resource.kubernetes.io/gpu.nvidia.com',
];

/** Ways of asking for devices, where a namespace has none. */
export const DEVICE_CASES: readonly CorpusCase[] = [
  ...refused(
    'gpu-access',
    VENDORS.map((name) => ({
      title: `asks for ${name}`,
      object: pod('tabular', withDevices(name)),
      says: `Container "main" asks for ${name}, but pods of namespace "tabular" may not use GPUs`,
    })),
  ),
  ...refused('gpu-access', [
    {
      title: 'asks for a GPU in the second container',
      object: pod('tabular', { containers: [container(), container({ name: 'second', resources: GPU })] }),
      says: 'Container "second" asks for nvidia.com/gpu',
    },
    {
      title: 'asks for a GPU in an init container',
      object: pod('tabular', initContainer({ resources: GPU })),
      says: 'Container "before" asks for nvidia.com/gpu',
    },
    {
      title: 'asks for a GPU in a sidecar',
      object: pod('tabular', initContainer({ resources: GPU, restartPolicy: 'Always' })),
      says: 'Container "before" asks for nvidia.com/gpu',
    },
    {
      title: 'asks for a thousand thousandths of a GPU',
      object: pod('tabular', { containers: [container({ resources: devices({ 'nvidia.com/gpu': '1000m' }) })] }),
      says: 'asks for nvidia.com/gpu',
    },
    { title: 'asks for a GPU in a course', object: pod('teaching', { containers: [container({ resources: GPU })] }) },
    {
      title: 'asks for a GPU in a namespace of other software',
      object: pod('other-software', { containers: [container({ resources: GPU })] }),
      says: 'may not use GPUs',
    },
    { title: 'asks for a GPU in "default"', object: pod('default', { containers: [container({ resources: GPU })] }) },
    {
      title: 'asks for a GPU in a namespace that HNC just made',
      object: pod('fresh', { containers: [container({ resources: GPU })] }),
      says: 'may not use GPUs',
    },
    {
      title: 'asks for a GPU under a ServiceAccount that is no exception',
      object: pod('teaching', { serviceAccountName: 'trainer', containers: [container({ resources: GPU })] }),
    },
    {
      title: 'uses a resource claim',
      object: pod('tabular', { resourceClaims: [{ name: 'gpu', resourceClaimName: 'one-gpu' }] }),
      says: 'The pod uses resource claim "gpu"',
    },
    {
      title: 'uses a resource claim template',
      object: pod('tabular', { resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'one-gpu' }] }),
      says: 'The pod uses resource claim "gpu"',
    },
  ]),
  ...refused('gpu-access-claims', [
    {
      title: 'makes a resource claim',
      object: claim('tabular'),
      says: 'ResourceClaim "one-gpu" would hold devices, but namespace "tabular" may not use GPUs',
    },
    { title: 'makes a resource claim template', object: claimTemplate('teaching'), says: 'would hold devices' },
    { title: 'makes a resource claim beside other software', object: claim('other-software'), says: 'would hold' },
  ]),
  {
    title: 'asks for a GPU where GPUs are allowed',
    object: pod('vision', { containers: [container({ resources: GPU })] }),
  },
  {
    title: 'asks for a MIG device where GPUs are allowed',
    object: pod('vision', withDevices('nvidia.com/mig-1g.5gb')),
  },
  {
    title: 'asks for no GPU in so many words',
    object: pod('tabular', { containers: [container({ resources: devices({ 'nvidia.com/gpu': '0' }) })] }),
  },
  {
    title: 'asks for some other extended resource',
    object: pod('tabular', { containers: [container({ resources: devices({ 'example.com/dongle': '1' }) })] }),
  },
  {
    title: 'uses a resource claim where GPUs are allowed',
    object: pod('vision', { resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'one-gpu' }] }),
  },
  { title: 'makes a resource claim where GPUs are allowed', object: claim('vision') },
];
