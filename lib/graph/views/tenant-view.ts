import { GiB } from '../../core/quantity.ts';
import { largestCapacity } from '../../model/largest-capacity.ts';
import type { Platform } from '../../model/platform.ts';
import type { Pool, PoolNode } from '../../model/pool.ts';
import { deviceName, deviceResource } from '../../model/tenant-quota.ts';
import { promisedDevices, type TenantNode } from '../../model/tenant-tree.ts';
import { foldTree } from './fold-tree.ts';

/** A unit that amounts are told in. */
export interface Unit {
  readonly size: number;
  readonly name: string;
}

/** Something that quotas limit: a column of the picture. */
export interface Good {
  readonly title: string;
  readonly device: boolean;
  readonly promised: (tenant: TenantNode) => number | undefined;
  readonly perNode: (node: PoolNode, pool: Pool) => number;
  /** What one of its unit is, and how that is called: GPUs have none. */
  readonly unit: (amount: number) => Unit;
}

/** What a tenant has of one good. */
export interface Share {
  /** Its own quota; `undefined` where it states none. */
  readonly own?: number;
  /** What that is a part of: the nearest quota above, or all pools at their largest. */
  readonly of?: number;
  /** What tenants below are promised together; `undefined` where there is nobody below with a quota. */
  readonly below?: number;
}

/** A line of the tree: a tenant, or several that are not shown by themselves. */
export interface TenantRow {
  readonly depth: number;
  readonly tenant?: TenantNode;
  /** How many tenants stand behind the line, where it is none of its own. */
  readonly folded: number;
  /** In the order of the goods. */
  readonly shares: readonly Share[];
}

export interface TenantView {
  readonly goods: readonly Good[];
  /** All pools but those of the platform at their largest, in the order of the goods. */
  readonly capacity: readonly number[];
  readonly rows: readonly TenantRow[];
}

/** Lines of the tree; larger ones are folded. */
const MOST_ROWS = 60;
const MOST_DEVICES = 4;

const CPU: Good = {
  title: 'CPU',
  device: false,
  promised: ({ quota }) => quota?.cpu,
  perNode: ({ allocatable }, { overhead }) => allocatable.millicpu - overhead.millicpu,
  unit: () => ({ size: 1000, name: '' }),
};
const MEMORY: Good = {
  title: 'memory',
  device: false,
  promised: ({ quota }) => quota?.memory,
  perNode: ({ allocatable }, { overhead }) => allocatable.memoryBytes - overhead.memoryBytes,
  unit: (bytes) => (bytes >= 1024 * GiB ? { size: 1024 * GiB, name: ' TiB' } : { size: GiB, name: ' GiB' }),
};

/** One or several devices as a good; a quota that does not name a device promises none of it. */
function devicesGood(title: string, devices: readonly string[]): Good {
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);
  return {
    title,
    device: true,
    promised: ({ quota }) => (quota ? sum(devices.map((name) => promisedDevices(quota)[name] ?? 0)) : undefined),
    perNode: (node) => sum(devices.map((name) => node.devices[deviceResource(name)] ?? 0)),
    unit: () => ({ size: 1, name: '' }),
  };
}

function goodsOf({ deviceResources, tenants }: Platform): readonly Good[] {
  const promised = tenants.flatMap(({ quota }) => Object.keys(promisedDevices(quota)));
  const provided = deviceResources.map(deviceName);
  // A device that nobody has and nobody is promised is the zero of every quota without GPUs.
  const known = [...new Set([...provided, ...promised])].sort();
  const devices = provided.length === 0 ? known.filter((name) => name !== 'gpu') : known;
  const title = (name: string): string => (name === 'gpu' ? 'GPUs' : name);
  const single = devices.length > MOST_DEVICES ? devices.slice(0, MOST_DEVICES - 1) : devices;
  const others = devices.slice(single.length);
  return [
    ...single.map((name) => devicesGood(title(name), [name])),
    ...(others.length > 0 ? [devicesGood(`${others.length} more devices`, others)] : []),
    CPU,
    MEMORY,
  ];
}

/** Sums over the uppermost quotas below a tenant. */
function promisedBelow(good: Good, tenant: TenantNode, byName: ReadonlyMap<string, TenantNode>): number | undefined {
  let sum: number | undefined;
  for (const name of tenant.children) {
    const child = byName.get(name);
    const promised = child && (good.promised(child) ?? promisedBelow(good, child, byName));
    if (promised !== undefined) sum = (sum ?? 0) + promised;
  }
  return sum;
}

function shareOf(good: Good, tenant: TenantNode, capacity: number, byName: ReadonlyMap<string, TenantNode>): Share {
  const own = good.promised(tenant);
  const above = [...tenant.ancestors]
    .reverse()
    .flatMap((name) => byName.get(name) ?? [])
    .flatMap((ancestor) => good.promised(ancestor) ?? []);
  const below = promisedBelow(good, tenant, byName);
  return {
    ...(own === undefined ? {} : { own }),
    of: above[0] ?? capacity,
    ...(below === undefined ? {} : { below }),
  };
}

/** What several tenants are promised together. */
function sumOf(good: Good, tenants: readonly TenantNode[]): Share {
  const promised = tenants.flatMap((tenant) => good.promised(tenant) ?? []);
  return promised.length === 0 ? {} : { own: promised.reduce((total, each) => total + each, 0) };
}

/** The tenant tree with quotas, each beside what it is a part of; folded where it has more lines than `most`. */
export function tenantView(platform: Platform, most = MOST_ROWS): TenantView {
  const goods = goodsOf(platform);
  const capacity = goods.map(({ perNode }) => largestCapacity(platform.pools, perNode));
  const byName = new Map(platform.tenants.map((tenant) => [tenant.name, tenant]));
  const roots = platform.tenants.filter(({ parent }) => parent === undefined);
  const children = (tenant: TenantNode): readonly TenantNode[] =>
    tenant.children.flatMap((name) => byName.get(name) ?? []);
  const rows = foldTree(roots, children, most).map((row): TenantRow => {
    if (row.kind === 'item') {
      const { item: tenant, depth } = row;
      const shares = goods.map((good, index) => shareOf(good, tenant, capacity[index] ?? 0, byName));
      return { depth, tenant, folded: 0, shares };
    }
    return { depth: row.depth, folded: row.all, shares: goods.map((good) => sumOf(good, row.items)) };
  });
  return { goods, capacity, rows };
}
