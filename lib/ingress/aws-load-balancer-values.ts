import { CLOUD_TAGS } from '../catalog/labels.ts';
import { cloudTags, vpcTags } from '../model/cloud-tags.ts';
import type { EksCluster } from '../model/cluster.ts';
import type { Environment } from '../model/environment.ts';
import type { AwsLoadBalancerController } from '../model/ingress-controller.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import type { Toleration } from '../model/taint.ts';

type Texts = Readonly<Record<string, string>>;

/** Which VPC the cluster is in: by id, or by tags that all have to match exactly one. */
type VpcValues = { readonly vpcId: string } | { readonly vpcTags: Texts };

interface OwnValues {
  readonly clusterName: string;
  readonly region: string;
  readonly serviceAccount: { readonly name: string };
  readonly replicaCount: number;
  /** The chart makes the budget only where there is more than one replica. */
  readonly podDisruptionBudget: { readonly maxUnavailable: number };
  readonly resources: Readonly<Record<'requests' | 'limits', Texts>>;
  readonly nodeSelector: Texts;
  readonly tolerations: readonly Toleration[];
  readonly defaultTargetType: 'ip';
  readonly controllerConfig: { readonly featureGates: Readonly<Record<string, boolean>> };
  readonly enableServiceMutatorWebhook: boolean;
  readonly keepTLSSecret: boolean;
  readonly ingressClassParams: {
    readonly spec: { readonly tags: readonly { readonly key: string; readonly value: string }[] };
  };
}

/** Values of the chart aws-load-balancer-controller 3.5, as far as Atelier sets them. */
export type AwsLoadBalancerValues = OwnValues & VpcValues;

/** What EKS Pod Identity gives the controller's IAM role to. */
export const AWS_LOAD_BALANCER_SERVICE_ACCOUNT = 'aws-load-balancer-controller';

/**
 * Pods cannot ask the metadata service of their node, so the controller is told where it is. A VPC that Atelier makes has
 * no id yet when this is written; tags say the same, and stay readable in Git.
 */
function vpcValues(environment: Environment, cluster: EksCluster, stated: string | undefined): VpcValues {
  const network = cluster.cloud?.network;
  const vpcId = network?.kind === 'existing' ? network.vpcId : stated;
  if (vpcId !== undefined) return { vpcId };
  return { vpcTags: { ...vpcTags(cluster), [CLOUD_TAGS.environment]: environment.name } };
}

/**
 * The controller on the system pool, for Ingresses and nothing else. The chart's own class `system-cluster-critical` and
 * its preference for different nodes stay as they are.
 */
export function awsLoadBalancerValues(
  platform: Platform,
  cluster: EksCluster,
  controller: AwsLoadBalancerController,
): AwsLoadBalancerValues {
  const { environment } = platform;
  const { nodeSelector, tolerations } = systemPlacement(platform);
  const tags = Object.entries(cloudTags(environment)).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    clusterName: cluster.name,
    region: cluster.region,
    ...vpcValues(environment, cluster, controller.vpcId),
    serviceAccount: { name: AWS_LOAD_BALANCER_SERVICE_ACCOUNT },
    replicaCount: controller.replicas,
    podDisruptionBudget: { maxUnavailable: 1 },
    // docs/deploy/scaling.md of the controller: enough for hundreds of Ingresses.
    resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '500Mi' } },
    nodeSelector,
    tolerations,
    // Nodes have no port for a Service of type ClusterIP.
    defaultTargetType: 'ip',
    // Members of tenants may make Services: what those may ask of AWS is to stay what it was.
    controllerConfig: { featureGates: { EnableServiceController: false } },
    // It would stand in the way of every Service of the cluster, also of those that the controller needs to start.
    enableServiceMutatorWebhook: false,
    // Helm makes the certificate of the webhooks; an upgrade keeps the one that is there.
    keepTLSSecret: true,
    ingressClassParams: { spec: { tags: tags.map(([key, value]) => ({ key, value })) } },
  };
}
