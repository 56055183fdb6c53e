import { PLATFORM_DAEMON_SETS } from '../catalog/daemon-sets.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';

/** Values of the chart aws-node-termination-handler 0.27, as far as Atelier sets them. */
export interface NodeTerminationHandlerValues {
  readonly taintNode: boolean;
  readonly enableSpotInterruptionDraining: boolean;
  readonly enableScheduledEventDraining: boolean;
  readonly enableASGLifecycleDraining: boolean;
  readonly enableRebalanceMonitoring: boolean;
  readonly enableRebalanceDraining: boolean;
  readonly emitKubernetesEvents: boolean;
  readonly daemonsetTolerations: readonly { readonly operator: 'Exists' }[];
  readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
}

/**
 * A DaemonSet that asks the instance metadata service. Its taints show what is about to happen and are status taints of
 * cluster-autoscaler (`NODE_TERMINATION_TAINTS`). A node that is recommended for rebalancing takes no new sessions and
 * keeps those it has: most such nodes are never interrupted.
 */
export function nodeTerminationHandlerValues(): NodeTerminationHandlerValues {
  const { millicpu, memoryBytes } = PLATFORM_DAEMON_SETS.nodeTerminationHandler;
  return {
    taintNode: true,
    enableSpotInterruptionDraining: true,
    enableScheduledEventDraining: true,
    enableASGLifecycleDraining: true,
    enableRebalanceMonitoring: true,
    enableRebalanceDraining: false,
    emitKubernetesEvents: true,
    daemonsetTolerations: [{ operator: 'Exists' }],
    resources: {
      requests: { cpu: formatMillicpu(millicpu), memory: formatBytes(memoryBytes) },
      limits: { memory: formatBytes(2 * memoryBytes) },
    },
  };
}
