import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { kubernetesImage } from '../catalog/images.ts';
import { LABELS } from '../catalog/labels.ts';
import { policyPort } from '../constructs/egress-rules.ts';
import { fitName } from '../core/names.ts';
import { formatBytes, formatMillicpu, MiB } from '../core/quantity.ts';
import { WARM_CAPACITY_NAMESPACE } from '../model/namespaces.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import { WEEKDAYS, type WeeklyWindow, windowSeconds } from '../model/weekly-window.ts';
import { MAX_CRON_JOB_NAME, weeklySchedule } from './cron.ts';
import { placeholderPodBase, restrictedContainer } from './placeholder-pod.ts';

const namespace = WARM_CAPACITY_NAMESPACE;

/** ServiceAccount of the switches, and the component label of their pods. */
const SWITCH = 'capacity-switch';

const DAY_SECONDS = 86_400;

/** Requests of one switch while it runs; the quota of the namespace counts it. */
export const SWITCH_REQUESTS = { millicpu: 10, memoryBytes: 64 * MiB } as const;

/** Warm capacity that is there at certain times. */
export interface ScheduledCapacity {
  /** Name of the Deployment, and of the profile. */
  readonly name: string;
  readonly sessions: number;
  readonly schedule: WeeklyWindow;
}

/** What a switch may do: read and scale the Deployments it is there for, and nothing else anywhere. */
export function switchPermissions(scope: Construct, deployments: readonly string[]): void {
  const apiGroups = ['apps'];
  const resourceNames = [...deployments];
  new k8s.KubeServiceAccount(scope, 'service-account', {
    metadata: { name: SWITCH, namespace },
    automountServiceAccountToken: false,
  });
  new k8s.KubeRole(scope, 'role', {
    metadata: { name: SWITCH, namespace },
    rules: [
      { apiGroups, resources: ['deployments'], resourceNames, verbs: ['get'] },
      { apiGroups, resources: ['deployments/scale'], resourceNames, verbs: ['get', 'patch'] },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'role-binding', {
    metadata: { name: SWITCH, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: SWITCH },
    subjects: [{ kind: 'ServiceAccount', name: SWITCH, namespace }],
  });
  new k8s.KubeNetworkPolicy(scope, 'network-policy', {
    metadata: { name: SWITCH, namespace },
    spec: {
      podSelector: { matchLabels: { [LABELS.component]: SWITCH } },
      policyTypes: ['Egress'],
      // The API server: no selector names it, and its port is 443 on EKS and 6443 where kubeadm made the cluster.
      egress: [{ ports: [policyPort(443), policyPort(6443)] }],
    },
  });
}

function switchPod(platform: Platform, deployment: string, replicas: number): k8s.PodSpec {
  const { nodeSelector, tolerations } = systemPlacement(platform);
  const { kubernetesVersion, priorities } = platform.environment;
  return {
    ...placeholderPodBase(priorities),
    restartPolicy: 'OnFailure',
    serviceAccountName: SWITCH,
    automountServiceAccountToken: true,
    nodeSelector,
    tolerations: tolerations.map((toleration) => ({ ...toleration })),
    containers: [
      {
        name: 'kubectl',
        image: kubernetesImage('kubectl', kubernetesVersion),
        args: ['scale', `deployment/${deployment}`, `--replicas=${replicas}`, `--namespace=${namespace}`],
        resources: {
          requests: {
            cpu: k8s.Quantity.fromString(formatMillicpu(SWITCH_REQUESTS.millicpu)),
            memory: k8s.Quantity.fromString(formatBytes(SWITCH_REQUESTS.memoryBytes)),
          },
        },
        securityContext: restrictedContainer(),
      },
    ],
  };
}

/**
 * Two CronJobs that open and close the warm capacity of one profile. It is closed every day, so that what was opened by
 * hand, or by the first apply, does not stay over a weekend. A switch that comes late still counts until the other is due.
 */
export function capacitySwitches(scope: Construct, platform: Platform, capacity: ScheduledCapacity): void {
  const { name, sessions, schedule } = capacity;
  const open = windowSeconds(schedule);
  const switches = [
    { verb: 'open', cron: weeklySchedule(schedule.from, schedule.days), replicas: sessions, valid: open },
    { verb: 'close', cron: weeklySchedule(schedule.to, WEEKDAYS), replicas: 0, valid: DAY_SECONDS - open },
  ];
  for (const { verb, cron, replicas, valid } of switches) {
    const labels = { [LABELS.component]: SWITCH, [LABELS.sessionProfile]: name };
    new k8s.KubeCronJob(scope, verb, {
      metadata: { name: `${fitName(name, MAX_CRON_JOB_NAME - verb.length - 1)}-${verb}`, namespace, labels },
      spec: {
        schedule: cron,
        timeZone: schedule.timeZone,
        concurrencyPolicy: 'Replace',
        startingDeadlineSeconds: valid,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          metadata: { labels },
          spec: {
            // A late retry must not undo what the other switch did meanwhile.
            activeDeadlineSeconds: valid,
            ttlSecondsAfterFinished: 3600,
            template: { metadata: { labels }, spec: switchPod(platform, name, replicas) },
          },
        },
      },
    });
  }
}
