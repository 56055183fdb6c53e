import { LABELS } from '../catalog/labels.ts';
import type { Pool } from '../model/pool.ts';

/** core/v1 Affinity that keeps pods to the nodes of some pools. */
export interface PoolAffinity {
  readonly nodeAffinity: {
    readonly requiredDuringSchedulingIgnoredDuringExecution: {
      readonly nodeSelectorTerms: readonly {
        readonly matchExpressions: readonly {
          readonly key: string;
          readonly operator: 'In';
          readonly values: readonly string[];
        }[];
      }[];
    };
  };
}

/**
 * Keeps a DaemonSet to the pools by their own label. `nvidia.com/gpu.present` would not do for feature discovery: on a
 * new node the GPU operator sets it to false until feature discovery has run there (26.7.0 nodelabeling_controller.go).
 */
export function gpuPoolAffinity(pools: readonly Pool[]): PoolAffinity {
  const expression = { key: LABELS.nodePool, operator: 'In', values: pools.map(({ name }) => name) } as const;
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [expression] }] },
    },
  };
}
