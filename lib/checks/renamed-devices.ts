import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import type { Rule } from './rule.ts';

export const renamedDevices: Rule = {
  id: 'NODE006',
  title: 'With cluster-autoscaler, GPU nodes advertise nvidia.com/gpu',
  severity: 'warning',
  protectsFrom: 'a second node for one session: cluster-autoscaler waits for no other device name to appear',
  check: ({ platform }) => {
    if (platform.environment.autoscaler.kind !== 'cluster-autoscaler') return [];
    return platform.pools.flatMap(({ at, elastic, gpuModel, nodes, name }) => {
      if (!elastic || gpuModel === undefined || nodes.every(({ devices }) => GPU_RESOURCE in devices)) return [];
      const message = `nodes of pool "${name}" advertise other devices, and may be launched twice while these register.`;
      return [{ at: [...at, 'sharing'], message, hint: 'Use rename: false, strategy "single", or Karpenter.' }];
    });
  },
};
