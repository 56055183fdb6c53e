import type { Path } from '../core/path.ts';
import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import type { Platform } from '../model/platform.ts';
import type { SparkPod } from '../model/spark-pods.ts';
import { deviceName } from '../model/tenant-quota.ts';
import { promisedDevices, type TenantNode } from '../model/tenant-tree.ts';
import type { Finding, Rule } from './rule.ts';

type Pods = readonly SparkPod[];

/** POL-3 refuses the pod, in every namespace. */
function aboveCeiling(platform: Platform, pods: Pods): readonly Finding[] {
  const { cpu, memory } = platform.environment.policies.ceiling;
  const hint = 'Ask for less, or raise policies.ceiling.';
  return pods.flatMap((pod) => [
    ...(pod.millicpu > cpu
      ? [
          {
            at: [...pod.at, 'cpu'],
            message: `${formatMillicpu(pod.millicpu)} is above the ceiling of policies (${formatMillicpu(cpu)}).`,
            hint,
          },
        ]
      : []),
    ...(pod.memoryBytes > memory
      ? [
          {
            at: [...pod.at, 'memory'],
            message: `${describeBytes(pod.memoryBytes)} is above the ceiling of policies (${describeBytes(memory)}).`,
            hint,
          },
        ]
      : []),
  ]);
}

/** What a driver and one executor take of a quota, where that is more than it has: `cpu 9 of 8`. */
function lacking(quota: NonNullable<TenantNode['quota']>, pods: Pods): readonly string[] {
  const millicpu = pods.reduce((sum, pod) => sum + pod.millicpu, 0);
  const memory = pods.reduce((sum, pod) => sum + pod.memoryBytes, 0);
  const found: string[] = [];
  if (quota.cpu !== undefined && millicpu > quota.cpu) {
    found.push(`cpu ${formatMillicpu(millicpu)} of ${formatMillicpu(quota.cpu)}`);
  }
  if (quota.memory !== undefined && memory > quota.memory) {
    found.push(`memory ${describeBytes(memory)} of ${describeBytes(quota.memory)}`);
  }
  if (quota.pods !== undefined && pods.length > quota.pods) found.push(`pods ${pods.length} of ${quota.pods}`);
  for (const { gpu } of pods) {
    const promised = gpu ? (promisedDevices(quota)[deviceName(gpu.resource)] ?? 0) : 0;
    if (gpu && gpu.count > promised) found.push(`${gpu.resource} ${gpu.count} of ${promised}`);
  }
  return found;
}

function overQuota(platform: Platform, tenant: TenantNode, at: Path, pods: Pods): readonly Finding[] {
  const line = platform.tenants.filter(({ name }) => name === tenant.name || tenant.ancestors.includes(name));
  const limits = line.flatMap(({ name, quota }) => (quota ? [{ name, quota }] : []));
  const uncounted = pods.some(({ gpu }) => gpu) && !tenant.gpuAllowed && limits.length === 0;
  return [
    ...limits.flatMap(({ name, quota }) => {
      const found = lacking(quota, pods);
      if (found.length === 0) return [];
      const message = `a driver and one executor do not fit the quota of "${name}": ${found.join(', ')}.`;
      return [{ at, message, hint: 'Raise the quota, ask for less, or leave the namespace out.' }];
    }),
    ...(uncounted
      ? [
          {
            at,
            message: `executors ask for GPUs, and no quota gives any to "${tenant.name}".`,
            hint: 'Give the tenant a quota with gpus, or leave the namespace out.',
          },
        ]
      : []),
  ];
}

function classRefused(platform: Platform, tenant: TenantNode, pods: Pods): readonly Finding[] {
  return pods.flatMap(({ at, priorityClass }) => {
    const step = platform.environment.priorities.find(({ name }) => name === priorityClass);
    if (!step || step.tiers.includes(tenant.tier)) return [];
    const message = `class "${step.name}" is not for pods of the tier "${tenant.tier}", which namespace "${tenant.name}" has.`;
    return [{ at, message, hint: 'Name a priorityClass of that tier, or leave the namespace out.' }];
  });
}

export const sparkAdmitted: Rule = {
  id: 'TEN006',
  title: 'Ceiling, quotas and priority classes let a driver and an executor of Spark into its namespaces',
  severity: 'error',
  protectsFrom: 'applications of Spark that admission refuses, or that wait for executors for ever',
  because:
    'A driver starts first and then asks for executors. Where the quota has no room for the first of them, or a policy refuses it, the driver waits and holds what it has.',
  source: 'Spark documentation, "Running Spark on Kubernetes"; Kubernetes documentation, "Resource Quotas"',
  example: {
    of: 'environment',
    breaks: `spark:
  image: registry.example.org/spark:4.0.1
  namespaces: [teaching]
  driver: { pool: cpu, cpu: 1, memory: 4Gi }
  executors: { pool: cpu, cpu: 8, memory: 14Gi, max: 4 }`,
    mended: `spark:
  image: registry.example.org/spark:4.0.1
  namespaces: [teaching]
  driver: { pool: cpu, cpu: 1, memory: 4Gi }
  executors: { pool: cpu, cpu: 4, memory: 14Gi, max: 4 }`,
  },
  check: ({ platform }) => {
    const { spark } = platform;
    if (!spark) return [];
    const pods = [spark.driver, spark.executor];
    return [
      ...aboveCeiling(platform, pods),
      ...spark.choice.namespaces.flatMap((namespace, index) => {
        const tenant = platform.tenants.find(({ name }) => name === namespace);
        if (!tenant) return [];
        const at = ['spark', 'namespaces', index];
        return [...overQuota(platform, tenant, at, pods), ...classRefused(platform, tenant, pods)];
      }),
    ];
  },
};
