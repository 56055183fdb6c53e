import { NVIDIA_DOMAIN } from '../catalog/resource-names.ts';
import type { TenantNode } from '../model/tenant-tree.ts';
import { quotaAmounts } from './reading/quota-amounts.ts';
import type { Finding, Rule } from './rule.ts';

/** Whether the tenant leaves its share of a resource open. A quota says 0 for the devices it does not name. */
function leavesOpen(tenant: TenantNode, resource: string): boolean {
  return !tenant.quota || (!resource.startsWith(NVIDIA_DOMAIN) && !quotaAmounts(tenant).has(resource));
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
      return [...quotaAmounts(tenant)].flatMap(([resource, { value: limit, show }]) => {
        if (limit === 0) return [];
        const at = [...tenant.at, 'quota'];
        const open = children.filter((child) => leavesOpen(child, resource));
        if (open.length > 0) {
          const names = open.map(({ name }) => `"${name}"`).join(', ');
          const message = `${names} states no share of the ${resource} of this subtree.`;
          return [{ at, message, hint: 'Give every child a quota, or use the backend "hnc".' }];
        }
        const sum = children.reduce((total, child) => total + (quotaAmounts(child).get(resource)?.value ?? 0), 0);
        if (sum <= limit) return [];
        const message = `the children's shares of ${resource} add up to ${show(sum)}, of ${show(limit)}.`;
        return [{ at, message, hint: 'Lower the shares, or use the backend "hnc", where siblings share.' }];
      });
    });
  },
};
