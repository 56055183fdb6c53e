import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { kubernetesImage } from '../catalog/images.ts';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { toYaml } from '../core/yaml.ts';
import { SCHEDULER_NAMESPACE } from '../model/namespaces.ts';
import { PACKING_SCHEDULER } from '../model/packing-scheduler.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import { infrastructureClass } from '../model/priority-ladder.ts';
import { secondSchedulerConfiguration } from './scheduler-configuration.ts';
import { schedulerPermissions } from './scheduler-permissions.ts';

const name = PACKING_SCHEDULER;
const namespace = SCHEDULER_NAMESPACE;
const selector = { [LABELS.name]: name };

const CONFIG_FOLDER = '/etc/kubernetes/packing';
const CONFIG_FILE = 'config.yaml';

/** Port on which kube-scheduler answers probes and shows metrics, by HTTPS (Kubernetes: pkg/cluster/ports). */
const PORT = 10_259;

const probe = (path: string, failureThreshold: number): k8s.Probe => ({
  httpGet: { path, port: k8s.IntOrString.fromNumber(PORT), scheme: 'HTTPS' },
  periodSeconds: 10,
  failureThreshold,
});

function container(kubernetesVersion: string): k8s.Container {
  return {
    name: 'kube-scheduler',
    image: kubernetesImage('kube-scheduler', kubernetesVersion),
    command: ['kube-scheduler'],
    args: [`--config=${CONFIG_FOLDER}/${CONFIG_FILE}`, `--secure-port=${PORT}`],
    ports: [{ name: 'https', containerPort: PORT }],
    startupProbe: probe('/livez', 24),
    readinessProbe: probe('/readyz', 3),
    livenessProbe: probe('/livez', 8),
    resources: {
      requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('128Mi') },
      // It holds every node and pod of the cluster in memory.
      limits: { memory: k8s.Quantity.fromString('512Mi') },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'config', mountPath: CONFIG_FOLDER, readOnly: true }],
  };
}

function podSpec(platform: Platform): k8s.PodSpec {
  const { nodeSelector, tolerations } = systemPlacement(platform);
  const { kubernetesVersion, priorities } = platform.environment;
  const priorityClassName = infrastructureClass(priorities);
  return {
    serviceAccountName: name,
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    nodeSelector,
    tolerations: tolerations.map((toleration) => ({ ...toleration })),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: LABELS.hostname,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selector },
      },
    ],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_534,
      runAsGroup: 65_534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container(kubernetesVersion)],
    volumes: [{ name: 'config', configMap: { name } }],
  };
}

/**
 * A second kube-scheduler of the cluster's version that packs (NODE-6). Both autoscalers see its pods as they see others:
 * they act on the condition Unschedulable, which every kube-scheduler sets, and ask for no scheduler's name (Karpenter
 * 1.14: pkg/utils/pod/scheduling.go, IsProvisionable; cluster-autoscaler: --allowed-scheduler-names is empty). Phase 20-controllers, where the environment asks for it.
 */
export class SecondScheduler extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const { packingScheduler } = platform.environment;
    if (packingScheduler.kind !== 'deployment') return;
    declareOrigin(this, ['packingScheduler']);
    schedulerPermissions(this);
    const config = toYaml(secondSchedulerConfiguration(platform.deviceResources, namespace));
    new k8s.KubeConfigMap(this, 'config', { metadata: { name, namespace }, data: { [CONFIG_FILE]: config } });
    const checksum = createHash('sha256').update(config).digest('hex');
    const { replicas } = packingScheduler;
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name, namespace },
      spec: {
        replicas,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: selector, annotations: { [ANNOTATIONS.configChecksum]: checksum } },
          spec: podSpec(platform),
        },
      },
    });
    // A single one has no budget, because that would block every drain.
    if (replicas === 1) return;
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: { name, namespace },
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: selector } },
    });
  }
}
