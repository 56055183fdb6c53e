import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import { largestCapacity } from '../model/largest-capacity.ts';
import type { Platform } from '../model/platform.ts';
import type { Pool, PoolNode } from '../model/pool.ts';
import { deviceResource } from '../model/tenant-quota.ts';
import { promisedDevices, type TenantNode } from '../model/tenant-tree.ts';
import type { Finding, Rule } from './rule.ts';

/** Something that quotas promise and nodes have. */
interface Good {
  readonly name: string;
  readonly promised: (tenant: TenantNode) => number;
  readonly perNode: (node: PoolNode, pool: Pool) => number;
  readonly format: (amount: number) => string;
  /** Whether single promises of it are the matter of another rule (TEN003). */
  readonly judgedAlone: boolean;
}

const GOODS: readonly Good[] = [
  {
    name: 'CPU',
    promised: ({ quota }) => quota?.cpu ?? 0,
    perNode: ({ allocatable }, { overhead }) => allocatable.millicpu - overhead.millicpu,
    format: formatMillicpu,
    judgedAlone: false,
  },
  {
    name: 'memory',
    promised: ({ quota }) => quota?.memory ?? 0,
    perNode: ({ allocatable }, { overhead }) => allocatable.memoryBytes - overhead.memoryBytes,
    format: describeBytes,
    judgedAlone: false,
  },
];

function devices(platform: Platform): readonly Good[] {
  const named = platform.tenants.flatMap(({ quota }) => Object.keys(promisedDevices(quota)).map(deviceResource));
  return [...new Set([...platform.deviceResources, ...named])].sort().map((name) => ({
    name,
    promised: ({ quota }) =>
      Object.entries(promisedDevices(quota)).find(([device]) => deviceResource(device) === name)?.[1] ?? 0,
    perNode: (node) => node.devices[name] ?? 0,
    format: String,
    judgedAlone: true,
  }));
}

/** The quotas that hold for whole trees: those with none above them. */
function topQuotas({ tenants }: Platform): readonly TenantNode[] {
  const limited = new Set(tenants.filter(({ quota }) => quota).map(({ name }) => name));
  return tenants.filter(({ quota, ancestors }) => quota && !ancestors.some((name) => limited.has(name)));
}

export const promisedTogether: Rule = {
  id: 'TEN007',
  title: 'Pools at their largest have what all tenants are promised together',
  severity: 'warning',
  protectsFrom: 'tenants within their quota whose pods wait for others, although every single promise could be kept',
  because:
    'Quotas are limits, not reservations: nothing keeps what one tenant was promised free from the others. Where all may ask for more than there is, who comes last waits.',
  source: 'Kubernetes documentation, "Resource Quotas: Quota and cluster capacity"',
  example: {
    of: 'environment',
    breaks: `tenants:
  - { name: more, quota: { gpus: 3 } }`,
    mended: `tenants:
  - { name: more, quota: { pods: 10 } }`,
  },
  check: ({ platform }) => {
    const tenants = topQuotas(platform);
    return [...GOODS, ...devices(platform)].flatMap((good): readonly Finding[] => {
      const promises = tenants.map(good.promised);
      const sum = promises.reduce((total, each) => total + each, 0);
      const most = largestCapacity(platform.pools, good.perNode);
      if (sum <= most || (good.judgedAlone && promises.some((each) => each > most))) return [];
      const message = `tenants are promised ${good.format(sum)} of ${good.name} together, and pools have ${good.format(most)} at their largest.`;
      return [
        {
          at: ['tenants'],
          message,
          hint: 'Lower quotas or let pools grow, unless you count on tenants not to need all.',
        },
      ];
    });
  },
};
