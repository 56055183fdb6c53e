import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { serviceMonitor } from '../crds/monitoring.coreos.com.ts';
import { ingressControllerOf } from '../model/ingress-controller.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { AWS_LOAD_BALANCER_RELEASE } from './aws-load-balancer-controller.ts';

/** Name and number of the port in the chart's pods (templates/deployment.yaml). */
const METRICS_PORT = 'metrics-server';
const METRICS_PORT_NUMBER = 8080;

/**
 * Phase 70: how Prometheus finds the AWS Load Balancer Controller. The chart could make the same, but it is installed
 * before the kind ServiceMonitor exists, and without a monitor it makes no Service for metrics either. Empty where the
 * environment has another controller.
 */
export class AwsLoadBalancerMetrics extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    declareOrigin(this, ['monitoring']);
    if (ingressControllerOf(platform.environment)?.kind !== 'aws-load-balancer-controller') return;
    const name = `${AWS_LOAD_BALANCER_RELEASE}-metrics`;
    const labels = { [LABELS.name]: AWS_LOAD_BALANCER_RELEASE, [LABELS.component]: 'metrics' };
    new k8s.KubeService(this, 'service', {
      metadata: { name, namespace: KUBE_SYSTEM, labels },
      spec: {
        clusterIp: 'None',
        selector: { [LABELS.name]: AWS_LOAD_BALANCER_RELEASE, [LABELS.instance]: AWS_LOAD_BALANCER_RELEASE },
        ports: [
          {
            name: METRICS_PORT,
            port: METRICS_PORT_NUMBER,
            targetPort: k8s.IntOrString.fromString(METRICS_PORT),
          },
        ],
      },
    });
    serviceMonitor(
      this,
      'monitor',
      { name: AWS_LOAD_BALANCER_RELEASE, namespace: KUBE_SYSTEM },
      { selector: { matchLabels: labels }, endpoints: [{ port: METRICS_PORT }] },
    );
  }
}
