import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { WARM_CAPACITY_NAMESPACE } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import type { Profile } from '../model/profile.ts';
import { deviceName, quotaHard } from '../model/tenant-quota.ts';
import { type WarmCapacity, warmCapacities } from '../model/warm-capacity.ts';
import { capacitySwitches, type ScheduledCapacity, SWITCH_REQUESTS, switchPermissions } from './capacity-switch.ts';
import { PLACEHOLDER_COMPONENT, placeholderPod } from './placeholder-pod.ts';

const namespace = WARM_CAPACITY_NAMESPACE;

/**
 * The placeholders of one profile. A Deployment and no Job: a Job waits ten seconds before it replaces a pod that was
 * displaced, twice as long after each (pkg/controller/job, DefaultJobPodFailureBackOff), and takes one whose program ends
 * well for done.
 *
 * The pods carry no annotation that keeps their node. Karpenter 1.14 counts a node empty only where every pod costs
 * nothing to evict, which is below priority -33554432 (pkg/controllers/disruption), and cluster-autoscaler overlooks pods
 * below -10; so the node stays, and may still be replaced when it drifts.
 */
function placeholders(scope: Construct, platform: Platform, { profile, sessions, schedule }: WarmCapacity): void {
  const labels = { [LABELS.component]: PLACEHOLDER_COMPONENT, [LABELS.sessionProfile]: profile.name };
  new k8s.KubeDeployment(scope, 'placeholders', {
    metadata: {
      name: profile.name,
      namespace,
      labels,
      // Nodes are made for them, which takes minutes, or is impossible while the cloud has none.
      annotations: { [ANNOTATIONS.pulumiSkipAwait]: 'true' },
    },
    spec: {
      // With a schedule the number belongs to the switches; stating it here would undo them at every apply.
      ...(schedule ? {} : { replicas: sessions }),
      revisionHistoryLimit: 1,
      // New beside old would be more than is paid for.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: placeholderPod(profile, platform.environment.priorities) },
    },
  });
}

/** Exactly what the placeholders ask for and one switch for each schedule, and no device of another kind. */
function hardLimits(platform: Platform, all: readonly WarmCapacity[]): Readonly<Record<string, string>> {
  const switches = all.filter(({ schedule }) => schedule !== undefined).length;
  const sum = (of: (profile: Profile) => number): number =>
    all.reduce((total, { profile, sessions }) => total + of(profile) * sessions, 0);
  const gpus: Record<string, number> = {};
  for (const { profile, sessions } of all) {
    if (!profile.gpu) continue;
    const device = deviceName(profile.gpu.resource);
    gpus[device] = (gpus[device] ?? 0) + profile.gpu.count * sessions;
  }
  return quotaHard(
    {
      pods: sum(() => 1) + switches,
      cpu: sum(({ cpu }) => cpu.request) + switches * SWITCH_REQUESTS.millicpu,
      memory: sum(({ memoryMB }) => memoryMB.request * 1e6) + switches * SWITCH_REQUESTS.memoryBytes,
      gpus,
    },
    platform.deviceResources,
  );
}

/**
 * Nodes that are ready before anybody asks (NODE-9): per profile with warm capacity, placeholders that its sessions
 * displace. Whoever is displaced is replaced at once, and the pool grows for the replacement. Phase 80-warm-capacity, the
 * last one: what delivers the phases waits until pods run, and these may wait for nodes for a long time.
 */
export class WarmPlaceholders extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const all = warmCapacities(platform);
    if (all.length === 0) return;
    new k8s.KubeNetworkPolicy(this, 'default-deny', {
      metadata: { name: 'default-deny', namespace },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    const hard = hardLimits(platform, all);
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'warm-capacity', namespace },
      spec: {
        hard: Object.fromEntries(Object.entries(hard).map(([name, value]) => [name, k8s.Quantity.fromString(value)])),
      },
    });
    const scheduled: ScheduledCapacity[] = [];
    const profiles = new Construct(this, 'profiles');
    for (const warm of all) {
      const { profile, sessions, schedule } = warm;
      const of = new Construct(profiles, profile.name);
      declareOrigin(of, [...profile.at, 'warmCapacity']);
      placeholders(of, platform, warm);
      if (!schedule) continue;
      const capacity = { name: profile.name, sessions, schedule };
      capacitySwitches(of, platform, capacity);
      scheduled.push(capacity);
    }
    const names = scheduled.map(({ name }) => name);
    if (names.length > 0) switchPermissions(new Construct(this, 'switch'), names);
  }
}
