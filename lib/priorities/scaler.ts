import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { IMAGES } from '../catalog/images.ts';
import { LABELS } from '../catalog/labels.ts';
import { shortName } from '../core/short-name.ts';
import { RESERVATIONS_NAMESPACE } from '../model/namespaces.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import type { Reservation } from '../model/reservation.ts';
import { weeklySchedule } from './cron.ts';

/** Value of the component label on pods that scale placeholders; network policy and people tell them by it. */
export const SCALER_COMPONENT = 'reservation-scaler';

/** Longest name of a CronJob: its Jobs get eleven more characters (Kubernetes: pkg/apis/batch/validation). */
const MAX_CRON_JOB_NAME = 52;
/** How late a start or a stop may still happen after the control plane was away. */
const STARTING_DEADLINE_SECONDS = 900;
/** How long one attempt to scale may take, retries included. */
const ACTIVE_DEADLINE_SECONDS = 300;

const namespace = RESERVATIONS_NAMESPACE;

/** Who may scale the placeholders of one reservation, and do nothing else. */
function scalerAccess(scope: Construct, name: string, deployment: string): void {
  new k8s.KubeServiceAccount(scope, 'scaler', {
    metadata: { name, namespace },
    automountServiceAccountToken: false,
  });
  new k8s.KubeRole(scope, 'scaler-role', {
    metadata: { name, namespace },
    rules: [
      {
        apiGroups: ['apps'],
        resources: ['deployments/scale'],
        resourceNames: [deployment],
        verbs: ['get', 'patch'],
      },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'scaler-role-binding', {
    metadata: { name, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}

function container(deployment: string, replicas: number): k8s.Container {
  const quantity = k8s.Quantity.fromString;
  return {
    name: 'kubectl',
    image: IMAGES.kubectl,
    // The image starts kubectl. "kubectl scale" would read the Deployment itself as well; this touches its scale and nothing else.
    args: [
      'patch',
      `deployment/${deployment}`,
      `--namespace=${namespace}`,
      '--subresource=scale',
      '--type=merge',
      `--patch=${JSON.stringify({ spec: { replicas } })}`,
      '--cache-dir=/tmp',
    ],
    resources: {
      requests: { cpu: quantity('10m'), memory: quantity('64Mi') },
      limits: { memory: quantity('128Mi') },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'cache', mountPath: '/tmp' }],
  };
}

function podSpec(platform: Platform, serviceAccountName: string, main: k8s.Container): k8s.PodSpec {
  const { nodeSelector, tolerations } = systemPlacement(platform);
  return {
    serviceAccountName,
    automountServiceAccountToken: true,
    restartPolicy: 'Never',
    nodeSelector: { ...nodeSelector, [LABELS.operatingSystem]: 'linux' },
    tolerations: tolerations.map((toleration) => ({ ...toleration })),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [main],
    volumes: [{ name: 'cache', emptyDir: { sizeLimit: k8s.Quantity.fromString('16Mi') } }],
  };
}

export interface ScalerProps {
  readonly platform: Platform;
  readonly reservation: Reservation;
  /** Deployment of the placeholders. */
  readonly deployment: string;
  /** Placeholders while the reservation lasts. */
  readonly replicas: number;
}

/** Raises the placeholders of a reservation when it begins and drops them when it ends. */
export function scaler(scope: Construct, props: ScalerProps): void {
  const { platform, reservation, deployment, replicas } = props;
  const { days, from, to, timeZone } = reservation;
  const serviceAccount = shortName(reservation.name, 'scaler');
  // The best class of the namespace's tier: a stop that waits for room keeps GPUs from everybody.
  const priority = platform.environment.priorities.findLast(({ tiers }) => tiers.includes('reservation'));
  scalerAccess(scope, serviceAccount, deployment);
  const labels = { [LABELS.component]: SCALER_COMPONENT, [LABELS.reservation]: reservation.name };
  const job = (id: 'start' | 'stop', at: string, target: number): void => {
    new k8s.KubeCronJob(scope, id, {
      metadata: { name: shortName(reservation.name, id, MAX_CRON_JOB_NAME), namespace, labels },
      spec: {
        schedule: weeklySchedule(at, days),
        timeZone,
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 5,
            activeDeadlineSeconds: ACTIVE_DEADLINE_SECONDS,
            ttlSecondsAfterFinished: 86_400,
            template: {
              metadata: { labels },
              spec: {
                ...podSpec(platform, serviceAccount, container(deployment, target)),
                ...(priority === undefined ? {} : { priorityClassName: priority.name }),
              },
            },
          },
        },
      },
    });
  };
  job('start', from, replicas);
  job('stop', to, 0);
}
