import type { TenantQuota } from '../model/tenant.ts';
import { promisedDevices, type TenantNode } from '../model/tenant-tree.ts';

const COUNTED = ['cpu', 'memory', 'storage', 'pods'] as const;

const remainder = (limit: number, shares: readonly number[]): number =>
  Math.max(
    0,
    shares.reduce((left, share) => left - share, limit),
  );

/**
 * What a workspace may use itself: its quota without the shares of its children, which plain namespaces can only get by
 * dividing it. Without a quota no GPU is promised, and nothing else is limited.
 */
export function plainQuota(tenant: TenantNode, children: readonly TenantNode[]): TenantQuota {
  const { quota } = tenant;
  if (!quota) return { gpus: 0 };
  const counted = COUNTED.flatMap((key) => {
    const limit = quota[key];
    return limit === undefined
      ? []
      : [
          [
            key,
            remainder(
              limit,
              children.map((child) => child.quota?.[key] ?? 0),
            ),
          ] as const,
        ];
  });
  const devices = Object.entries(promisedDevices(quota)).map(([device, limit]) => [
    device,
    remainder(
      limit,
      children.map((child) => promisedDevices(child.quota)[device] ?? 0),
    ),
  ]);
  return { ...Object.fromEntries(counted), gpus: Object.fromEntries(devices) };
}
