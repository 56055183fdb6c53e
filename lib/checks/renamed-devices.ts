import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import type { Rule } from './rule.ts';

export const renamedDevices: Rule = {
  id: 'NODE006',
  title: 'With cluster-autoscaler, GPU nodes advertise nvidia.com/gpu',
  severity: 'warning',
  protectsFrom: 'a second node for one session: cluster-autoscaler waits for no other device name to appear',
  because:
    'cluster-autoscaler counts a new GPU node as not ready until `nvidia.com/gpu` shows on it. It waits for no other name, takes the node for ready and full, and launches another one.',
  source: 'cluster-autoscaler 1.36, processors/customresources/gpu_processor.go',
  example: {
    of: 'environment',
    breaks: `autoscaler: { kind: cluster-autoscaler }
tenants: []
nodePools:
  - name: gpu
    capacity: { instanceTypes: [g5.xlarge] }
    sharing: { kind: time-slicing, replicas: 4 }`,
    mended: `autoscaler: { kind: cluster-autoscaler }
tenants: []
nodePools:
  - name: gpu
    capacity: { instanceTypes: [g5.xlarge] }
    sharing: { kind: time-slicing, replicas: 4, rename: false }`,
  },
  check: ({ platform }) => {
    if (platform.environment.autoscaler.kind !== 'cluster-autoscaler') return [];
    return platform.pools.flatMap(({ at, elastic, gpuModel, nodes, name }) => {
      if (!elastic || gpuModel === undefined || nodes.every(({ devices }) => GPU_RESOURCE in devices)) return [];
      const message = `nodes of pool "${name}" advertise other devices, and may be launched twice while these register.`;
      return [{ at: [...at, 'sharing'], message, hint: 'Use rename: false, strategy "single", or Karpenter.' }];
    });
  },
};
