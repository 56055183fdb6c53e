import { deviceResource } from '../model/tenant-quota.ts';
import { promisedDevices } from '../model/tenant-tree.ts';
import type { Finding, Rule } from './rule.ts';

export const gpusPromised: Rule = {
  id: 'TEN003',
  title: 'Pools can provide the GPUs that a tenant is promised',
  severity: 'error',
  protectsFrom: 'a promise of devices that no node advertises',
  because: 'A quota is a limit and buys nothing: a pod within it stays Pending when the pools are at their largest.',
  source: 'Kubernetes documentation, "Resource Quotas: Quota and cluster capacity"',
  example: {
    of: 'environment',
    breaks: `tenants:
  - { name: research, quota: { gpus: 5 } }`,
    mended: `tenants:
  - { name: research, quota: { gpus: 4 } }`,
  },
  check: ({ platform }) => {
    const provided = new Map<string, number>();
    for (const pool of platform.pools) {
      for (const resource of platform.deviceResources) {
        const most = Math.max(0, ...pool.nodes.map(({ devices }) => devices[resource] ?? 0));
        provided.set(resource, (provided.get(resource) ?? 0) + most * pool.max);
      }
    }
    return platform.tenants.flatMap(({ at, quota }): readonly Finding[] =>
      Object.entries(promisedDevices(quota)).flatMap(([name, count]) => {
        const resource = deviceResource(name);
        const most = provided.get(resource) ?? 0;
        if (count <= most) return [];
        const key = typeof quota?.gpus === 'number' ? ['gpus'] : ['gpus', name];
        const known = [...provided].map(([each, number]) => `${number} x ${each}`).join(', ') || 'no GPUs';
        const message = `${count} x ${resource} is more than all pools can provide (${known}).`;
        return [{ at: [...at, 'quota', ...key], message, hint: 'Lower the number, or let a pool grow.' }];
      }),
    );
  },
};
