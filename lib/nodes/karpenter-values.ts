import { formatGoDuration } from '../core/duration.ts';
import type { Karpenter } from '../model/autoscaler.ts';
import type { EksCluster } from '../model/cluster.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import type { Toleration } from '../model/taint.ts';
import { deviceOverlays } from './device-overlay.ts';
import { interruptionQueueName } from './interruption-queue.ts';
import { karpenterPools } from './node-source.ts';

/** Values of the chart karpenter 1.14, as far as Atelier sets them. */
export interface KarpenterValues {
  readonly replicas: number;
  readonly serviceAccount: { readonly name: string };
  readonly settings: {
    readonly clusterName: string;
    /** SQS queue of interruption events. */
    readonly interruptionQueue: string;
    readonly batchIdleDuration: string;
    readonly batchMaxDuration: string;
    readonly featureGates: { readonly nodeOverlay: boolean };
  };
  readonly controller: {
    readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  };
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** What EKS Pod Identity gives Karpenter's IAM role to. */
export const KARPENTER_SERVICE_ACCOUNT = 'karpenter';

/** The chart's own affinity keeps the controller off nodes that Karpenter made; placement only adds to it. */
export function karpenterValues(platform: Platform, cluster: EksCluster, karpenter: Karpenter): KarpenterValues {
  const { nodeSelector, tolerations } = systemPlacement(platform);
  return {
    replicas: karpenter.replicas,
    serviceAccount: { name: KARPENTER_SERVICE_ACCOUNT },
    settings: {
      clusterName: cluster.name,
      interruptionQueue: interruptionQueueName(cluster, karpenter),
      batchIdleDuration: formatGoDuration(karpenter.batchIdle),
      batchMaxDuration: formatGoDuration(karpenter.batchMax),
      // Alpha in 1.14, therefore on only where a pool cannot be planned without it.
      featureGates: { nodeOverlay: karpenterPools(platform).some((source) => deviceOverlays(source).length > 0) },
    },
    // Karpenter derives its parallelism and its memory ceiling from these (1.14 chart, CPU_REQUESTS and MEMORY_LIMIT).
    controller: { resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } } },
    nodeSelector,
    tolerations,
  };
}
