import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { podIdentity } from '../model/pod-identity.ts';
import { clusterAutoscalerPolicy } from './cluster-autoscaler-policy.ts';
import { CLUSTER_AUTOSCALER_SERVICE_ACCOUNT, clusterAutoscalerValues } from './cluster-autoscaler-values.ts';
import { nodeTerminationHandlerValues } from './node-termination-handler-values.ts';

/**
 * cluster-autoscaler, and the node termination handler that Karpenter would not need. Empty where the environment has
 * another autoscaler.
 */
export class ClusterAutoscaler extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    declareOrigin(this, ['autoscaler']);
    const { autoscaler, cluster } = platform.environment;
    if (autoscaler.kind !== 'cluster-autoscaler' || cluster.kind !== 'eks') return;
    new HelmRelease(this, 'release', {
      name: 'cluster-autoscaler',
      chart: CHARTS.clusterAutoscaler,
      namespace: KUBE_SYSTEM,
      values: asJsonObject(clusterAutoscalerValues(platform, cluster, autoscaler)),
    });
    new CloudResource(this, 'identity', {
      kind: 'eks-pod-identity',
      name: 'cluster-autoscaler',
      spec: podIdentity(cluster, {
        name: 'cluster-autoscaler',
        namespace: KUBE_SYSTEM,
        serviceAccount: CLUSTER_AUTOSCALER_SERVICE_ACCOUNT,
        policies: [clusterAutoscalerPolicy(cluster)],
      }),
    });
    new HelmRelease(this, 'termination-handler', {
      name: 'aws-node-termination-handler',
      chart: CHARTS.nodeTerminationHandler,
      namespace: KUBE_SYSTEM,
      values: asJsonObject(nodeTerminationHandlerValues()),
    });
  }
}
