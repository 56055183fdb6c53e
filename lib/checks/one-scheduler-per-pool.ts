import type { Rule } from './rule.ts';

export const oneSchedulerPerPool: Rule = {
  id: 'NODE010',
  title: 'Sessions of one pool are placed by one scheduler',
  severity: 'warning',
  protectsFrom:
    'sessions that fail to start: two schedulers give the same room away, and the node refuses the second pod',
  because:
    'Each scheduler process knows what it has placed itself and learns of the others a moment later. Two that fill one node give the same room away, and the kubelet refuses the second pod (OutOfcpu).',
  source: 'Kubernetes documentation, "Configure Multiple Schedulers"',
  example: {
    of: 'environment',
    breaks: `packingScheduler: { kind: deployment }
sessionProfiles:
  - { name: packed, scheduler: packing, title: Packed, pool: gpu, cpu: { request: 3 }, memory: { request: 12G }, gpu: { count: 1 }, images: [cuda], offeredTo: { groups: [gpu-users] }, idleTimeout: 1h, maxLifetime: 12h }`,
    mended: `packingScheduler: { kind: deployment }
sessionProfiles:
  - { name: packed, scheduler: packing, title: Packed, pool: gpu, cpu: { request: 3 }, memory: { request: 12G }, gpu: { count: 1 }, images: [cuda], offeredTo: { groups: [gpu-users] }, idleTimeout: 1h, maxLifetime: 12h }
  - { name: gpu, scheduler: packing }`,
  },
  check: ({ platform }) => {
    // Profiles of one scheduler process share what it knows of the nodes.
    if (platform.environment.packingScheduler.kind !== 'deployment') return [];
    return platform.pools.flatMap(({ name: pool }) => {
      const here = platform.profiles.filter((profile) => profile.pool === pool);
      const packed = here.filter(({ schedulerName }) => schedulerName !== undefined);
      const [other] = here.filter(({ schedulerName }) => schedulerName === undefined);
      const [first] = packed;
      if (!first || !other) return [];
      const message = `pool "${pool}" is filled by two schedulers: "${first.name}" is packed, and "${other.name}" is not.`;
      return [{ at: other.at, message, hint: 'Give all profiles of a pool the same scheduler.' }];
    });
  },
};
