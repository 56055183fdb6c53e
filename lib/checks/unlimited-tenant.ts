import type { Rule } from './rule.ts';

export const unlimitedTenant: Rule = {
  id: 'TEN010',
  title: 'Every workspace has a quota, of its own or above it',
  severity: 'warning',
  protectsFrom: 'one tenant who takes every node and lets the autoscaler buy more, up to the limit of all pools',
  because: 'What no ResourceQuota lists is unlimited, for pods as for CPU, memory and volumes.',
  source: 'Kubernetes documentation, "Resource Quotas"',
  example: {
    of: 'environment',
    breaks: 'tenants:\n  - name: open',
    mended: 'tenants:\n  - name: open\n    quota: { cpu: 8, memory: 32Gi, pods: 20 }',
  },
  check: ({ platform }) => {
    const limited = new Set(platform.tenants.filter(({ quota }) => quota !== undefined).map(({ name }) => name));
    return platform.tenants
      .filter(
        ({ kind, name, ancestors }) => kind === 'workspace' && ![...ancestors, name].some((each) => limited.has(each)),
      )
      .map(({ at, name }) => ({
        at,
        message: `nothing limits what "${name}" may use.`,
        hint: 'Give it a quota, or a folder above it one.',
      }));
  },
};
