import type { Path } from '../../core/path.ts';
import { describeBytes, formatMillicpu } from '../../core/quantity.ts';
import { deviceResource } from '../../model/tenant-quota.ts';
import { promisedDevices, type TenantNode } from '../../model/tenant-tree.ts';

/** What a quota says of one resource. */
export interface QuotaAmount {
  /** Keys below `quota`. */
  readonly key: Path;
  readonly value: number;
  /** As people read it. */
  readonly show: (value: number) => string;
}

/** What the quota of a tenant states, by resource; nothing where it has none. Devices it does not name are 0. */
export function quotaAmounts({ quota }: TenantNode): ReadonlyMap<string, QuotaAmount> {
  const found = new Map<string, QuotaAmount>();
  if (!quota) return found;
  const counted = { cpu: formatMillicpu, memory: describeBytes, storage: describeBytes, pods: String } as const;
  for (const key of ['cpu', 'memory', 'storage', 'pods'] as const) {
    const value = quota[key];
    if (value !== undefined) found.set(key, { key: [key], value, show: counted[key] });
  }
  for (const [name, value] of Object.entries(promisedDevices(quota))) {
    const key = typeof quota.gpus === 'number' ? ['gpus'] : ['gpus', name];
    found.set(deviceResource(name), { key, value, show: String });
  }
  return found;
}
