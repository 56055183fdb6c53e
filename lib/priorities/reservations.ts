import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { fitName } from '../core/names.ts';
import { RESERVATIONS_NAMESPACE } from '../model/namespaces.ts';
import { type Placeholders, placeholders, reservedDevices } from '../model/placeholders.ts';
import type { Platform } from '../model/platform.ts';
import { deviceName, quotaHard } from '../model/tenant-quota.ts';
import { windowSeconds } from '../model/weekly-window.ts';
import { MAX_CRON_JOB_NAME, weeklySchedule } from './cron.ts';
import { PLACEHOLDER_COMPONENT, placeholderPod } from './placeholder-pod.ts';

const namespace = RESERVATIONS_NAMESPACE;

/** How late a reservation may still begin after the control plane was away. */
const STARTING_DEADLINE_SECONDS = 900;

/** While it lasts, the node under a placeholder stays: holding it is the purpose. Static nodes stay anyway. */
function protection(platform: Platform, { profile }: Placeholders): Readonly<Record<string, string>> {
  const elastic = platform.pools.some(({ name, elastic: moves }) => moves && name === profile.pool);
  return elastic ? { [ANNOTATIONS.karpenterDoNotDisrupt]: 'true', [ANNOTATIONS.autoscalerSafeToEvict]: 'false' } : {};
}

/**
 * Holds GPUs for courses: per reservation a CronJob whose Job runs one placeholder per session of the course and ends by
 * its deadline when the reservation does. A placeholder that is displaced has done its work: its index fails and is not
 * run again, so the GPUs held and used never add up to more than was reserved. Only sessions whose class preempts displace
 * placeholders, and no other profile of the course's pool has such a class (check PRI004). Phase 60-workloads, where there are reservations.
 */
export class Reservations extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const all = placeholders(platform);
    if (all.length === 0) return;
    new k8s.KubeNetworkPolicy(this, 'default-deny', {
      metadata: { name: 'default-deny', namespace },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    this.quota(platform, all);
    const reservations = new Construct(this, 'reservations');
    for (const each of all) reserve(reservations, platform, each);
  }

  /** No more devices than are reserved, and none of another kind, whoever writes here. */
  private quota({ deviceResources }: Platform, all: readonly Placeholders[]): void {
    const devices = Object.entries(reservedDevices(all)).map(([name, count]) => [deviceName(name), count]);
    const pods = all.reduce((sum, { replicas }) => sum + replicas, 0);
    const hard = quotaHard({ pods, gpus: Object.fromEntries(devices) }, deviceResources);
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'reserved', namespace },
      spec: {
        hard: Object.fromEntries(Object.entries(hard).map(([name, value]) => [name, k8s.Quantity.fromString(value)])),
      },
    });
  }
}

function reserve(scope: Construct, platform: Platform, each: Placeholders): void {
  const { reservation, profile, replicas, at } = each;
  const of = new Construct(scope, reservation.name);
  declareOrigin(of, at);
  const labels = { [LABELS.component]: PLACEHOLDER_COMPONENT, [LABELS.reservation]: reservation.name };
  new k8s.KubeCronJob(of, 'placeholders', {
    metadata: { name: fitName(reservation.name, MAX_CRON_JOB_NAME), namespace, labels },
    spec: {
      schedule: weeklySchedule(reservation.from, reservation.days),
      timeZone: reservation.timeZone,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        metadata: { labels },
        spec: {
          completionMode: 'Indexed',
          completions: replicas,
          parallelism: replicas,
          // A pod that fails, and one that is displaced does, is not replaced (batch/v1 JobSpec.backoffLimitPerIndex).
          backoffLimitPerIndex: 0,
          maxFailedIndexes: replicas,
          activeDeadlineSeconds: windowSeconds(reservation),
          ttlSecondsAfterFinished: 3600,
          template: {
            metadata: { labels, annotations: protection(platform, each) },
            spec: { restartPolicy: 'Never', ...placeholderPod(profile, platform.environment.priorities) },
          },
        },
      },
    },
  });
}
