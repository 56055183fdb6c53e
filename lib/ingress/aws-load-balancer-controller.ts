import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import { ingressControllerOf } from '../model/ingress-controller.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { podIdentity } from '../model/pod-identity.ts';
import { awsLoadBalancerPolicies } from './aws-load-balancer-policies.ts';
import { AWS_LOAD_BALANCER_SERVICE_ACCOUNT, awsLoadBalancerValues } from './aws-load-balancer-values.ts';

/** Name of the Helm release, and of the role behind that of the cluster. */
export const AWS_LOAD_BALANCER_RELEASE = 'aws-load-balancer-controller';

/**
 * The AWS Load Balancer Controller with its rights in AWS. Phase 10-foundation: its webhook refuses Ingresses while nobody
 * answers it, and on the way back only the controller can take their load balancers away, so it comes before everything
 * that has an Ingress and goes after it. Empty where the environment has another controller.
 */
export class AwsLoadBalancerController extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const { environment } = platform;
    const { cluster } = environment;
    declareOrigin(this, environment.ingressController ? ['ingressController'] : ['workbench', 'ingress', 'className']);
    const controller = ingressControllerOf(environment);
    if (controller?.kind !== 'aws-load-balancer-controller' || cluster.kind !== 'eks') return;
    new HelmRelease(this, 'release', {
      name: AWS_LOAD_BALANCER_RELEASE,
      chart: CHARTS.awsLoadBalancerController,
      namespace: KUBE_SYSTEM,
      values: asJsonObject(awsLoadBalancerValues(platform, cluster, controller)),
    });
    new CloudResource(this, 'identity', {
      kind: 'eks-pod-identity',
      name: AWS_LOAD_BALANCER_RELEASE,
      spec: podIdentity(cluster, {
        name: AWS_LOAD_BALANCER_RELEASE,
        namespace: KUBE_SYSTEM,
        serviceAccount: AWS_LOAD_BALANCER_SERVICE_ACCOUNT,
        policies: awsLoadBalancerPolicies(cluster),
      }),
    });
  }
}
