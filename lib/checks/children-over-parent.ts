import { NVIDIA_DOMAIN } from '../catalog/resource-names.ts';
import { quotaAmounts } from './reading/quota-amounts.ts';
import type { Finding, Rule } from './rule.ts';

export const childrenOverParent: Rule = {
  id: 'TEN002',
  title: 'No tenant is promised more than the tenant above it has',
  severity: 'error',
  protectsFrom: 'promises that cannot be kept: the limit above refuses the pod first',
  because:
    'A hierarchical quota holds for the whole subtree: each pod is counted against every quota above it, and the smallest refuses first.',
  source: 'HNC 1.1.0, docs/user-guide/concepts.md "Hierarchical resource quotas"',
  example: {
    of: 'environment',
    breaks: `tenants:
  - { name: top, quota: { cpu: 4 }, children: [{ name: low, quota: { cpu: 5 } }] }`,
    mended: `tenants:
  - { name: top, quota: { cpu: 4 }, children: [{ name: low, quota: { cpu: 3 } }] }`,
  },
  check: ({ platform }) => {
    const byName = new Map(platform.tenants.map((tenant) => [tenant.name, quotaAmounts(tenant)]));
    return platform.tenants.flatMap((tenant): readonly Finding[] =>
      [...(byName.get(tenant.name) ?? [])].flatMap(([resource, { key, value, show }]) => {
        // The nearest ancestor that limits the resource; a quota above always limits GPUs, to 0 where it names none.
        const limiting = [...tenant.ancestors].reverse().find((name) => {
          const above = byName.get(name);
          return above && above.size > 0 && (above.has(resource) || resource.startsWith(NVIDIA_DOMAIN));
        });
        const limit = limiting === undefined ? undefined : (byName.get(limiting)?.get(resource)?.value ?? 0);
        if (limit === undefined || value <= limit) return [];
        const message = `${show(value)} of ${resource} is more than the ${show(limit)} of "${limiting}" above it.`;
        return [{ at: [...tenant.at, 'quota', ...key], message, hint: 'Lower this quota or raise the one above.' }];
      }),
    );
  },
};
