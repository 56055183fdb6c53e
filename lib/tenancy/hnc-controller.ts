import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { HNC_NAMESPACE } from '../model/namespaces.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import { infrastructureClass } from '../model/priority-ladder.ts';
import { hncArguments } from './hnc-arguments.ts';
import { HNC_METRICS_PORT, HNC_NAMES, HNC_PROBE_PORT, HNC_WEBHOOK_PORT } from './hnc-names.ts';
import { hncPermissions } from './hnc-permissions.ts';
import { hncWebhooks } from './hnc-webhooks.ts';

const selector = { [LABELS.name]: HNC_NAMES.manager };

const probe = (path: string, failureThreshold: number): k8s.Probe => ({
  httpGet: { path, port: k8s.IntOrString.fromNumber(HNC_PROBE_PORT) },
  periodSeconds: 10,
  failureThreshold,
});

function container(platform: Platform, image: string): k8s.Container {
  const quantity = k8s.Quantity.fromString;
  return {
    name: 'manager',
    image,
    command: ['/manager'],
    args: [...hncArguments(platform)],
    ports: [
      { name: 'webhooks', containerPort: HNC_WEBHOOK_PORT },
      { name: 'metrics', containerPort: HNC_METRICS_PORT },
      { name: 'probes', containerPort: HNC_PROBE_PORT },
    ],
    // The certificate is made at the first start and takes up to a minute to appear in the volume.
    startupProbe: probe('/readyz', 30),
    readinessProbe: probe('/readyz', 1),
    livenessProbe: probe('/healthz', 3),
    resources: {
      requests: { cpu: quantity('100m'), memory: quantity('256Mi') },
      // It holds the whole forest and every copied object in memory.
      limits: { memory: quantity('1Gi') },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'certificate', mountPath: '/tmp/k8s-webhook-server/serving-certs', readOnly: true }],
  };
}

/**
 * The Hierarchical Namespace Controller. It has no chart at 1.1.0, so these are objects of our own, after upstream's
 * manifests. One replica, replaced and never doubled: it keeps the forest in memory and elects no leader. Phase
 * 20-controllers, where the backend is hnc.
 */
export class HncController extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const { backend } = platform.environment.tenancy;
    if (backend.kind !== 'hnc') return;
    declareOrigin(this, ['tenancy', 'backend']);
    hncPermissions(this);
    this.certificateAndService();
    hncWebhooks(this, platform);
    this.deployment(platform, backend.image);
  }

  private certificateAndService(): void {
    // Empty: the manager fills it and renews it. Applying this again leaves the content alone.
    new k8s.KubeSecret(this, 'certificate', {
      metadata: { name: HNC_NAMES.certificate, namespace: HNC_NAMESPACE },
    });
    new k8s.KubeService(this, 'service', {
      metadata: { name: HNC_NAMES.service, namespace: HNC_NAMESPACE },
      spec: {
        selector,
        ports: [{ name: 'webhooks', port: 443, targetPort: k8s.IntOrString.fromString('webhooks') }],
      },
    });
  }

  private deployment(platform: Platform, image: string): void {
    const { nodeSelector, tolerations } = systemPlacement(platform);
    const priorityClassName = infrastructureClass(platform.environment.priorities);
    const { pullSecret } = platform.environment.registry;
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: HNC_NAMES.manager, namespace: HNC_NAMESPACE },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: selector },
          spec: {
            serviceAccountName: HNC_NAMES.manager,
            ...(priorityClassName === undefined ? {} : { priorityClassName }),
            ...(pullSecret === undefined ? {} : { imagePullSecrets: [{ name: pullSecret }] }),
            nodeSelector: { ...nodeSelector, [LABELS.operatingSystem]: 'linux' },
            tolerations: tolerations.map((toleration) => ({ ...toleration })),
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              fsGroup: 2000,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            terminationGracePeriodSeconds: 10,
            containers: [container(platform, image)],
            volumes: [{ name: 'certificate', secret: { secretName: HNC_NAMES.certificate } }],
          },
        },
      },
    });
  }
}
