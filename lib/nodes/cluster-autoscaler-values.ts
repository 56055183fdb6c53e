import { NODE_TERMINATION_TAINTS } from '../catalog/taints.ts';
import { patchRelease, TARGET_VERSIONS } from '../catalog/versions.ts';
import { formatGoDuration } from '../core/duration.ts';
import type { ClusterAutoscaler } from '../model/autoscaler.ts';
import type { EksCluster } from '../model/cluster.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import type { Toleration } from '../model/taint.ts';
import { managedNodeGroups } from './managed-node-group.ts';
import { managedPools } from './node-source.ts';

/** Values of the chart cluster-autoscaler 9.59, as far as Atelier sets them. */
export interface ClusterAutoscalerValues {
  readonly fullnameOverride: string;
  readonly cloudProvider: 'aws';
  readonly awsRegion: string;
  readonly autoDiscovery: { readonly clusterName: string };
  readonly image: { readonly tag: string };
  readonly replicaCount: number;
  readonly rbac: { readonly serviceAccount: { readonly name: string } };
  /** One flag per key. The chart looks for `expander` here before it writes the priorities. */
  readonly extraArgs: Readonly<Record<string, string | boolean>>;
  /** Flags that are given several times; the chart prints each as it stands. */
  readonly customArgs: readonly string[];
  /** Priority to patterns of group names. */
  readonly expanderPriorities?: Readonly<Record<string, readonly string[]>>;
  readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** What EKS Pod Identity gives cluster-autoscaler's IAM role to. */
export const CLUSTER_AUTOSCALER_SERVICE_ACCOUNT = 'cluster-autoscaler';

/** The groups of the first pool highest. EKS names the Auto Scaling group `eks-<group>-<uuid>`. */
function priorities(platform: Platform): Readonly<Record<string, readonly string[]>> {
  const pools = managedPools(platform);
  return Object.fromEntries(
    pools.map((source, index) => [
      String((pools.length - index) * 10),
      managedNodeGroups(platform, source).map(({ name }) => `^eks-${name}-[0-9a-f-]+$`),
    ]),
  );
}

function repeatedFlags({ environment }: Platform): readonly string[] {
  const status = [...NODE_TERMINATION_TAINTS, ...environment.statusTaints.map(({ key }) => key)];
  return [
    ...[...new Set(environment.startupTaints.map(({ key }) => key))].map((key) => `--startup-taint=${key}`),
    ...[...new Set(status)].map((key) => `--status-taint=${key}`),
  ];
}

function flags(platform: Platform, autoscaler: ClusterAutoscaler): Readonly<Record<string, string | boolean>> {
  // Each group says its own in a tag; a group whose tags are lost keeps its nodes as long as the slowest pool.
  const idle = Math.max(0, ...managedPools(platform).map(({ pool }) => pool.spec.disruption.idleAfter));
  return {
    expander: autoscaler.expander,
    'scan-interval': formatGoDuration(autoscaler.scanInterval),
    'scale-down-unneeded-time': formatGoDuration(idle),
    'scale-down-delay-after-add': '0s',
    'balance-similar-node-groups': true,
    // Sessions have emptyDir volumes; those that must stay say so themselves (safe-to-evict).
    'skip-nodes-with-local-storage': false,
    'skip-nodes-with-system-pods': false,
  };
}

/** Values for a cluster whose groups carry the tags of `templateTags`. */
export function clusterAutoscalerValues(
  platform: Platform,
  cluster: EksCluster,
  autoscaler: ClusterAutoscaler,
): ClusterAutoscalerValues {
  const { nodeSelector, tolerations } = systemPlacement(platform);
  return {
    fullnameOverride: 'cluster-autoscaler',
    cloudProvider: 'aws',
    awsRegion: cluster.region,
    autoDiscovery: { clusterName: cluster.name },
    // Its minor version is that of Kubernetes.
    image: { tag: `v${patchRelease(platform.environment.kubernetesVersion, TARGET_VERSIONS.clusterAutoscaler)}` },
    replicaCount: autoscaler.replicas,
    rbac: { serviceAccount: { name: CLUSTER_AUTOSCALER_SERVICE_ACCOUNT } },
    extraArgs: flags(platform, autoscaler),
    customArgs: repeatedFlags(platform),
    ...(autoscaler.expander === 'priority' ? { expanderPriorities: priorities(platform) } : {}),
    resources: { requests: { cpu: '100m', memory: '600Mi' }, limits: { memory: '1Gi' } },
    nodeSelector,
    tolerations,
  };
}
