import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import { formatMillicpu } from '../core/quantity.ts';
import type { Spark, SparkPod } from '../model/spark-pods.ts';
import { EXECUTOR_GRACE_SECONDS, SPARK } from './names.ts';

type Settings = Readonly<Record<string, string>>;

/**
 * Size of a pod: Spark adds heap and overhead to the memory of request and limit, and sets a limit for CPU only where told
 * (BasicDriverFeatureStep, BasicExecutorFeatureStep).
 */
function size(role: 'driver' | 'executor', pod: SparkPod): Settings {
  const cpu = formatMillicpu(pod.millicpu);
  return {
    [`spark.${role}.cores`]: String(Math.max(1, Math.floor(pod.millicpu / 1000))),
    [`spark.kubernetes.${role}.request.cores`]: cpu,
    [`spark.kubernetes.${role}.limit.cores`]: cpu,
    [`spark.${role}.memory`]: `${pod.heapMiB}m`,
    [`spark.${role}.memoryOverhead`]: `${pod.overheadMiB}m`,
  };
}

/** Spark makes the name of the device of vendor and resource, and runs the script to learn which GPUs it got. */
function gpus({ gpu }: SparkPod): Settings {
  if (!gpu) return {};
  const [vendor = '', resource = ''] = GPU_RESOURCE.split('/');
  return {
    [`spark.executor.resource.${resource}.amount`]: String(gpu.count),
    [`spark.executor.resource.${resource}.vendor`]: vendor,
    [`spark.executor.resource.${resource}.discoveryScript`]: '/opt/spark/examples/src/main/scripts/getGpusResources.sh',
    [`spark.task.resource.${resource}.amount`]: '1',
  };
}

/** What an executor does when its node goes: it takes no more tasks and hands its blocks to others (Spark, 3.1 and later). */
const DECOMMISSIONING: Settings = {
  'spark.decommission.enabled': 'true',
  'spark.storage.decommission.enabled': 'true',
  'spark.storage.decommission.rddBlocks.enabled': 'true',
  'spark.storage.decommission.shuffleBlocks.enabled': 'true',
  'spark.executor.decommission.forceKillTimeout': `${EXECUTOR_GRACE_SECONDS}s`,
};

/** Settings of Spark for the applications of one namespace. */
function sparkSettings({ choice, driver, executor }: Spark, namespace: string): Settings {
  return {
    'spark.master': 'k8s://https://kubernetes.default.svc:443',
    'spark.submit.deployMode': 'cluster',
    'spark.kubernetes.namespace': namespace,
    'spark.kubernetes.container.image': choice.image,
    'spark.kubernetes.authenticate.driver.serviceAccountName': SPARK.serviceAccount,
    'spark.kubernetes.driver.podTemplateFile': `${SPARK.folder}/${SPARK.driverTemplate}`,
    'spark.kubernetes.executor.podTemplateFile': `${SPARK.folder}/${SPARK.executorTemplate}`,
    ...size('driver', driver),
    ...size('executor', executor),
    ...gpus(executor),
    // There is no external shuffle service on Kubernetes, so executors with shuffle files are kept instead.
    'spark.dynamicAllocation.enabled': 'true',
    'spark.dynamicAllocation.shuffleTracking.enabled': 'true',
    'spark.dynamicAllocation.maxExecutors': String(choice.executors.max),
    ...DECOMMISSIONING,
  };
}

/** The file `spark-defaults.conf`: what an application says itself wins. */
export function sparkDefaults(spark: Spark, namespace: string): string {
  const lines = Object.entries(sparkSettings(spark, namespace)).map(([key, value]) => `${key} ${value}\n`);
  return lines.join('');
}
