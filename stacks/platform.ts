import { App, Chart } from 'cdk8s';
import type { Bundle } from '../lib/bundle/bundle.ts';
import { type Collected, collect } from '../lib/bundle/collect.ts';
import { PHASES, type Phase } from '../lib/bundle/phase.ts';
import { LABELS } from '../lib/catalog/labels.ts';
import { CloudFoundation } from '../lib/cloud/cloud-foundation.ts';
import { deepFreeze } from '../lib/core/freeze.ts';
import { lateValuesIn } from '../lib/core/late-value.ts';
import { gitOpsFiles } from '../lib/delivery/git-ops.ts';
import { secretsFile } from '../lib/delivery/secrets-document.ts';
import { GpuSoftware } from '../lib/gpu/gpu-software.ts';
import { AwsLoadBalancerController } from '../lib/ingress/aws-load-balancer-controller.ts';
import { AwsLoadBalancerMetrics } from '../lib/ingress/aws-load-balancer-metrics.ts';
import { gpuPools, type Platform } from '../lib/model/platform.ts';
import { warmCapacityNotes } from '../lib/model/warm-capacity.ts';
import { GpuMetrics } from '../lib/monitoring/gpu-metrics.ts';
import { LogShipping } from '../lib/monitoring/log-shipping.ts';
import { PrometheusStack } from '../lib/monitoring/prometheus-stack.ts';
import { ClusterAutoscaler } from '../lib/nodes/cluster-autoscaler.ts';
import { KarpenterCloud } from '../lib/nodes/karpenter-cloud.ts';
import { KarpenterController } from '../lib/nodes/karpenter-controller.ts';
import { KarpenterCrds } from '../lib/nodes/karpenter-crds.ts';
import { KarpenterPools } from '../lib/nodes/karpenter-pools.ts';
import { ManagedNodeGroups } from '../lib/nodes/managed-node-groups.ts';
import { StaticNodes } from '../lib/nodes/static-nodes.ts';
import { AdmissionPolicies } from '../lib/policies/admission-policies.ts';
import { KyvernoController } from '../lib/policies/kyverno-controller.ts';
import { PolicyMetrics } from '../lib/policies/policy-metrics.ts';
import { PriorityLadder } from '../lib/priorities/priority-ladder.ts';
import { Reservations } from '../lib/priorities/reservations.ts';
import { WarmPlaceholders } from '../lib/priorities/warm-placeholders.ts';
import { SchedulerFile } from '../lib/scheduler/scheduler-file.ts';
import { SecondScheduler } from '../lib/scheduler/second-scheduler.ts';
import { SparkNamespaces } from '../lib/spark/spark-namespaces.ts';
import { HomeVolumes } from '../lib/storage/home-volumes.ts';
import { StorageClasses } from '../lib/storage/storage-classes.ts';
import { tenancyBackend } from '../lib/tenancy/backend.ts';
import { HncController } from '../lib/tenancy/hnc-controller.ts';
import { HncCrds } from '../lib/tenancy/hnc-crds.ts';
import { HncTenantTree } from '../lib/tenancy/hnc-tenant-tree.ts';
import { InvitationPolicy } from '../lib/tenancy/invitation-policy.ts';
import { PlainTenantTree } from '../lib/tenancy/plain-tenant-tree.ts';
import { PlatformNamespaces } from '../lib/tenancy/platform-namespaces.ts';
import { TenantNamespaces } from '../lib/tenancy/tenant-namespaces.ts';
import { TenantRoles } from '../lib/tenancy/tenant-roles.ts';
import { ImagePrePull } from '../lib/workbench/image-pre-pull.ts';
import { SessionImages } from '../lib/workbench/session-images.ts';
import { Workbench } from '../lib/workbench/workbench.ts';

/** One chart per phase; what is built in it belongs to the phase. */
type Phases = Readonly<Record<Phase, Chart>>;

function composeNodes(phases: Phases, platform: Platform): void {
  const { autoscaler, cluster } = platform.environment;
  if (autoscaler.kind === 'karpenter') {
    new KarpenterCrds(phases['00-crds'], 'karpenter-crds', { platform });
    new KarpenterCloud(phases['20-controllers'], 'karpenter-cloud', { platform });
    new KarpenterController(phases['20-controllers'], 'karpenter', { platform });
    new KarpenterPools(phases['40-nodes'], 'karpenter', { platform });
  }
  if (autoscaler.kind === 'cluster-autoscaler') {
    new ClusterAutoscaler(phases['20-controllers'], 'cluster-autoscaler', { platform });
  }
  // With Karpenter only the system pools are node groups: Karpenter cannot run on nodes it may remove.
  if (cluster.kind === 'eks') new ManagedNodeGroups(phases['40-nodes'], 'node-groups', { platform });
  if (platform.pools.some(({ spec }) => spec.capacity.kind === 'static')) {
    new StaticNodes(phases['40-nodes'], 'static-nodes', { platform });
  }
  new SecondScheduler(phases['20-controllers'], 'second-scheduler', { platform });
  new SchedulerFile(phases['20-controllers'], 'scheduler-file', { platform });
  if (gpuPools(platform).length > 0) new GpuSoftware(phases['20-controllers'], 'gpu-software', { platform });
}

function composeTenancy(phases: Phases, platform: Platform): void {
  new TenantRoles(phases['10-foundation'], 'tenant-roles', { platform });
  new TenantNamespaces(phases['10-foundation'], 'tenant-namespaces', { platform });
  new InvitationPolicy(phases['30-policies'], 'invitations', { platform });
  switch (platform.environment.tenancy.backend.kind) {
    case 'hnc':
      new HncCrds(phases['00-crds'], 'hnc-crds', { platform });
      new HncController(phases['20-controllers'], 'hnc', { platform });
      new HncTenantTree(phases['50-tenants'], 'tenants', { platform });
      return;
    case 'plain':
      new PlainTenantTree(phases['50-tenants'], 'tenants', { platform });
  }
}

function composeWorkloads(phases: Phases, platform: Platform): void {
  const phase = phases['60-workloads'];
  new HomeVolumes(phase, 'home-volumes', { platform });
  new Workbench(phase, 'workbench', { platform });
  new ImagePrePull(phase, 'image-pre-pull', { platform });
  new SessionImages(phase, 'session-images', { platform });
  const { spark } = platform;
  if (spark) new SparkNamespaces(phase, 'spark', { platform, spark });
  if (platform.environment.reservations.length > 0) new Reservations(phase, 'reservations', { platform });
}

function composeMonitoring(phases: Phases, platform: Platform): void {
  const phase = phases['70-monitoring'];
  // In phase 20, because it brings the kinds (ServiceMonitor, PrometheusRule) that later phases use.
  new PrometheusStack(phases['20-controllers'], 'prometheus', { platform });
  new PolicyMetrics(phase, 'policy-metrics');
  new AwsLoadBalancerMetrics(phase, 'aws-load-balancer-metrics', { platform });
  if (gpuPools(platform).length > 0) new GpuMetrics(phase, 'gpu-metrics', { platform });
  if (platform.environment.monitoring.logs.kind !== 'none') new LogShipping(phase, 'logs', { platform });
}

/** Builds the constructs of a platform. This is the one place that says which there are, and in which phase. */
function composePlatform(phases: Phases, platform: Platform): void {
  new CloudFoundation(phases['10-foundation'], 'cloud', { platform });
  new PlatformNamespaces(phases['10-foundation'], 'namespaces', { platform });
  new PriorityLadder(phases['10-foundation'], 'priorities', { platform });
  new StorageClasses(phases['10-foundation'], 'storage-classes', { platform });
  new AwsLoadBalancerController(phases['10-foundation'], 'aws-load-balancer-controller', { platform });
  new KyvernoController(phases['20-controllers'], 'kyverno', { platform });
  new AdmissionPolicies(phases['30-policies'], 'admission-policies', { platform });
  composeNodes(phases, platform);
  composeTenancy(phases, platform);
  composeWorkloads(phases, platform);
  composeMonitoring(phases, platform);
  new WarmPlaceholders(phases['80-warm-capacity'], 'warm-capacity', { platform });
}

/** The charts of an environment, filled, in `app`. Their ids are the phases, behind `prefix`. */
export function platformCharts(app: App, platform: Platform, prefix = ''): Phases {
  const labels = { [LABELS.managedBy]: 'atelier', [LABELS.partOf]: 'atelier' };
  const chart = (phase: Phase): Chart => new Chart(app, `${prefix}${phase}`, { labels });
  const phases = Object.fromEntries(PHASES.map((phase) => [phase, chart(phase)])) as Phases;
  composePlatform(phases, platform);
  return phases;
}

/** `synth(environment) -> Bundle`: everything the platform becomes, as plain data. `input` gives file and line. */
export function synthesizePlatform(platform: Platform, input: unknown): Bundle {
  const phases = platformCharts(new App(), platform);
  const collected: Collected = { objects: [], releases: [], cloud: [], files: [] };
  for (const phase of PHASES) collect(phase, phases[phase], input, collected);
  const backend = tenancyBackend(platform);
  const notes = [
    ...backend.unenforced(platform).map((sentence) => `${backend.title}: ${sentence}`),
    ...warmCapacityNotes(platform),
  ];
  const lateValues = lateValuesIn(
    ...collected.objects.map(({ manifest }) => manifest),
    ...collected.releases.map(({ values }) => values),
  );
  const bundle: Bundle = {
    format: 1,
    environment: platform.environment.name,
    platform,
    ...collected,
    lateValues,
    notes,
  };
  return deepFreeze({ ...bundle, files: [...bundle.files, secretsFile(bundle), ...gitOpsFiles(bundle)] });
}
