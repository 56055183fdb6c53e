import { NVIDIA_DOMAIN } from '../catalog/resource-names.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { TenantQuota } from './tenant.ts';
import { promisedDevices } from './tenant-tree.ts';

/** Resource name of a device that a quota names: `gpu` is `nvidia.com/gpu`. */
export function deviceResource(device: string): string {
  return `${NVIDIA_DOMAIN}${device}`;
}

/** How a quota names the device of a resource: `nvidia.com/gpu` is `gpu`. */
export function deviceName(resource: string): string {
  return resource.replace(NVIDIA_DOMAIN, '');
}

/**
 * A quota as the `hard` map of a ResourceQuota. Extended resources are counted under `requests.` only
 * (Kubernetes: pkg/quota/v1/evaluator/core/pods.go), and an unlisted name is unlimited, so every device that any pool
 * advertises is listed, with 0 where nothing was promised. CPU and memory requests are listed only where stated,
 * because listing them makes every container state them.
 */
export function quotaHard(quota: TenantQuota, deviceResources: readonly string[]): Readonly<Record<string, string>> {
  const promised = promisedDevices(quota);
  const hard: Record<string, string> = {};
  if (quota.cpu !== undefined) hard['requests.cpu'] = formatMillicpu(quota.cpu);
  if (quota.memory !== undefined) hard['requests.memory'] = formatBytes(quota.memory);
  if (quota.storage !== undefined) hard['requests.storage'] = formatBytes(quota.storage);
  if (quota.pods !== undefined) hard.pods = String(quota.pods);
  const names = new Set([...deviceResources, ...Object.keys(promised).map(deviceResource)]);
  for (const name of [...names].sort()) {
    hard[`requests.${name}`] = String(promised[deviceName(name)] ?? 0);
  }
  return hard;
}
