import { promisedDevices, type TenantNode } from '../model/tenant-tree.ts';
import type { Finding, Rule } from './rule.ts';

type Amounts = Readonly<Record<string, number | undefined>>;

function amounts({ quota }: TenantNode): Amounts {
  const { cpu, memory, storage, pods } = quota ?? {};
  return { cpu, memory, storage, pods, ...promisedDevices(quota) };
}

/** Whether the tenant leaves its share of a resource open. A quota says 0 for the devices it does not name. */
function leavesOpen(tenant: TenantNode, resource: string): boolean {
  const counted = ['cpu', 'memory', 'storage', 'pods'].includes(resource);
  return !tenant.quota || (counted && amounts(tenant)[resource] === undefined);
}

export const plainShares: Rule = {
  id: 'TEN004',
  title: 'With plain namespaces, the children of a tenant state their shares of its quota',
  severity: 'error',
  protectsFrom: 'a limit on a subtree that nothing enforces: plain namespaces cannot share one',
  because:
    'A ResourceQuota holds for one namespace. Without HNC nothing adds up what several namespaces use, so each needs its part.',
  source: 'Kubernetes documentation, "Resource Quotas"',
  example: {
    of: 'environment',
    breaks: `tenancy: { backend: { kind: plain } }
tenants:
  - { name: top, kind: folder, quota: { cpu: 4 }, children: [{ name: low }] }`,
    mended: `tenancy: { backend: { kind: plain } }
tenants:
  - { name: top, kind: folder, quota: { cpu: 4 }, children: [{ name: low, quota: { cpu: 4 } }] }`,
  },
  check: ({ platform }) => {
    if (platform.environment.tenancy.backend.kind !== 'plain') return [];
    const byName = new Map(platform.tenants.map((tenant) => [tenant.name, tenant]));
    return platform.tenants.flatMap((tenant): readonly Finding[] => {
      const children = tenant.children.flatMap((name) => byName.get(name) ?? []);
      if (!tenant.quota || children.length === 0) return [];
      return Object.entries(amounts(tenant)).flatMap(([resource, limit]) => {
        if (limit === undefined || limit === 0) return [];
        const at = [...tenant.at, 'quota'];
        const open = children.filter((child) => leavesOpen(child, resource));
        if (open.length > 0) {
          const names = open.map(({ name }) => `"${name}"`).join(', ');
          const message = `${names} states no share of the ${resource} of this subtree.`;
          return [{ at, message, hint: 'Give every child a quota, or use the backend "hnc".' }];
        }
        const sum = children.reduce((total, child) => total + (amounts(child)[resource] ?? 0), 0);
        if (sum <= limit) return [];
        const message = `the children's shares of ${resource} add up to more than there is.`;
        return [{ at, message, hint: 'Lower the shares, or use the backend "hnc", where siblings share.' }];
      });
    });
  },
};
