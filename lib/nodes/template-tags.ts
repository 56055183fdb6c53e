import { AUTOSCALER_TAGS, LABELS } from '../catalog/labels.ts';
import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import { formatGoDuration } from '../core/duration.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { Platform } from '../model/platform.ts';
import type { Pool, PoolNode } from '../model/pool.ts';
import { eksCapacityType } from './capacity-type.ts';

type Tags = Readonly<Record<string, string>>;

const prefixed = (prefix: string, values: Tags): Tags =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));

function labels(pool: Pool, zone: string): Tags {
  return { ...pool.labels, [LABELS.zone]: zone, [LABELS.eksCapacityType]: eksCapacityType(pool) };
}

function taints(pool: Pool): Tags {
  return Object.fromEntries(pool.taints.map(({ key, value, effect }) => [key, `${value}:${effect}`]));
}

/** Allocatable, not capacity: cluster-autoscaler takes nothing off, so a pod would fit that never schedules (#2809). */
function resources(pool: Pool, { allocatable, devices }: PoolNode): Tags {
  // The GPUs of the instance type count unless a tag says otherwise, also where no device has that name.
  const gpus: Readonly<Record<string, number>> = pool.gpuModel === undefined ? {} : { [GPU_RESOURCE]: 0 };
  return {
    cpu: formatMillicpu(allocatable.millicpu),
    memory: formatBytes(allocatable.memoryBytes),
    'ephemeral-storage': formatBytes(allocatable.ephemeralBytes),
    pods: String(allocatable.pods),
    ...Object.fromEntries(Object.entries({ ...gpus, ...devices }).map(([name, count]) => [name, String(count)])),
  };
}

function options({ spec: { disruption } }: Pool): Tags {
  const unneeded = { scaledownunneededtime: formatGoDuration(disruption.idleAfter) };
  if (disruption.consolidate !== 'when-empty') return unneeded;
  // A node goes while its utilization is not above the threshold: at 0, without DaemonSets, only an empty node does.
  return {
    ...unneeded,
    scaledownutilizationthreshold: '0',
    scaledowngpuutilizationthreshold: '0',
    ignoredaemonsetsutilization: 'true',
  };
}

/**
 * Tags of the Auto Scaling group of a pool in one zone: all that cluster-autoscaler knows of a node before the first one
 * exists, and again after each of its restarts. Startup taints are left out, since pods need not tolerate them.
 * Source: cluster-autoscaler 1.36.1 cloudprovider/aws/aws_manager.go, buildNodeFromTemplate and GetAsgOptions.
 */
export function templateTags(platform: Platform, pool: Pool, zone: string): Tags {
  const [node] = pool.nodes;
  const tags = {
    [AUTOSCALER_TAGS.enabled]: 'true',
    [`${AUTOSCALER_TAGS.clusterPrefix}${platform.environment.cluster.name}`]: 'owned',
    ...prefixed(AUTOSCALER_TAGS.labelPrefix, labels(pool, zone)),
    ...prefixed(AUTOSCALER_TAGS.taintPrefix, taints(pool)),
    ...(node ? prefixed(AUTOSCALER_TAGS.resourcePrefix, resources(pool, node)) : {}),
    ...prefixed(AUTOSCALER_TAGS.optionPrefix, options(pool)),
  };
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
}
