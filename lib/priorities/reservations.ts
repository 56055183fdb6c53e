import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { IMAGES } from '../catalog/images.ts';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { formatMillicpu } from '../core/quantity.ts';
import { RESERVATIONS_NAMESPACE } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { quotaHard } from '../model/tenant-quota.ts';
import { type Placeholders, placeholders, reservedDevices } from './placeholders.ts';
import { reservationNetwork } from './reservation-network.ts';
import { scaler } from './scaler.ts';

const namespace = RESERVATIONS_NAMESPACE;

/** Value of the component label on placeholders. */
export const PLACEHOLDER_COMPONENT = 'placeholder';

function placeholderPod({ profile, gpu }: Placeholders, priorityClass: string | undefined): k8s.PodSpec {
  const quantity = k8s.Quantity.fromString;
  const devices = { [gpu.resource]: quantity(String(gpu.count)) };
  return {
    ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
    nodeSelector: Object.fromEntries(profile.selectors.map(({ name, value }) => [name, value])),
    tolerations: profile.tolerations.map((toleration) => ({ ...toleration })),
    // It has nothing to finish, and the session that displaces it waits.
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_535,
      runAsGroup: 65_535,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'pause',
        image: IMAGES.pause,
        resources: {
          requests: {
            cpu: quantity(formatMillicpu(profile.cpu.request)),
            memory: quantity(`${profile.memoryMB.request}M`),
            ...devices,
          },
          limits: devices,
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  };
}

/**
 * Holds GPUs for courses: per reservation a Deployment of placeholders that rests at none, and two CronJobs that raise and
 * drop it. Placeholders have the lowest class of their tier; only sessions whose class preempts displace them, which by
 * the ladder are those of courses. Phase 60-workloads, where there are reservations.
 */
export class Reservations extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const all = placeholders(platform);
    if (all.length === 0) return;
    const priorityClass = platform.environment.priorities.find(({ tiers }) => tiers.includes('reservation'))?.name;
    reservationNetwork(this);
    this.quota(platform, all);
    for (const each of all) this.reserve(platform, each, priorityClass);
  }

  /** No more devices than are reserved, and none of another kind, whoever writes here. */
  private quota({ deviceResources }: Platform, all: readonly Placeholders[]): void {
    const devices = Object.entries(reservedDevices(all)).map(([name, count]) => [
      name.replace('nvidia.com/', ''),
      count,
    ]);
    // Each reservation has up to two scaling pods beside its placeholders.
    const pods = all.reduce((sum, { replicas }) => sum + replicas + 2, 0);
    const hard = quotaHard({ pods, gpus: Object.fromEntries(devices) }, deviceResources);
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'reserved', namespace },
      spec: {
        hard: Object.fromEntries(Object.entries(hard).map(([name, value]) => [name, k8s.Quantity.fromString(value)])),
      },
    });
  }

  private reserve(platform: Platform, each: Placeholders, priorityClass: string | undefined): void {
    const { reservation, replicas, at } = each;
    const of = new Construct(this, reservation.name);
    declareOrigin(of, at);
    const labels = { [LABELS.component]: PLACEHOLDER_COMPONENT, [LABELS.reservation]: reservation.name };
    // The CronJobs own the number of replicas: a delivery in the middle of a course must not put it back to 0.
    const flux = platform.environment.gitOps?.tool === 'flux';
    const leaveAlone = flux ? { annotations: { [ANNOTATIONS.fluxApply]: 'IfNotPresent' } } : {};
    new k8s.KubeDeployment(of, 'placeholders', {
      metadata: { name: reservation.name, namespace, labels, ...leaveAlone },
      spec: {
        replicas: 0,
        revisionHistoryLimit: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: placeholderPod(each, priorityClass) },
      },
    });
    scaler(of, { platform, reservation, deployment: reservation.name, replicas });
  }
}
