import { describeBytes, GiB } from '../core/quantity.ts';
import type { Rule } from './rule.ts';

/** A CUDA session image unpacked, twice (the next release is pulled beside it), the system, and room to work. */
const SMALLEST = 60 * GiB;

export const smallRootVolume: Rule = {
  id: 'NODE011',
  title: 'Root volumes of GPU nodes hold the images that run there',
  severity: 'warning',
  protectsFrom: 'sessions that are evicted for disk pressure while their image is still being unpacked',
  because:
    'CUDA images with PyTorch unpack to 15 GiB and more. At 85 % of the volume the kubelet removes images, at 90 % (10 % available) it evicts pods and the node takes no more.',
  source:
    'Kubernetes documentation, "Node-pressure Eviction: Default hard eviction thresholds" (imagefs.available<15%, nodefs.available<10%)',
  example: {
    of: 'environment',
    breaks: 'nodePools:\n  - name: gpu\n    capacity: { rootVolume: { size: 30Gi } }',
    mended: 'nodePools:\n  - name: gpu\n    capacity: { rootVolume: { size: 100Gi } }',
  },
  check: ({ platform }) =>
    platform.pools.flatMap(({ at, gpuModel, spec: { capacity } }) => {
      if (gpuModel === undefined || capacity.kind !== 'ec2' || capacity.rootVolume.size >= SMALLEST) return [];
      const message = `${describeBytes(capacity.rootVolume.size)} hold no two images with CUDA; ${describeBytes(SMALLEST)} is the least.`;
      return [{ at: [...at, 'capacity', 'rootVolume', 'size'], message, hint: 'Use 100Gi or more.' }];
    }),
};
