import type { Rule } from './rule.ts';

export const sharedGpuCount: Rule = {
  id: 'GPU004',
  title: 'A session asks for one share of a time-sliced GPU, never for several',
  severity: 'error',
  protectsFrom: 'pods that the device plugin rejects: two shares of one GPU compute no faster than one',
  because:
    'Shares of a time-sliced GPU take turns; two of them may well be turns of the same GPU. Atelier sets `failRequestsGreaterThanOne`, so the plugin refuses such a pod (UnexpectedAdmissionError).',
  source: 'NVIDIA k8s-device-plugin 0.20, README "With CUDA Time-Slicing"',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: t4, gpu: { count: 2 } }`,
    mended: `sessionProfiles:
  - { name: t4, gpu: { count: 1 } }`,
  },
  check: ({ platform }) =>
    platform.profiles.flatMap(({ at, spec, pool: poolName }) => {
      const sharing = platform.pools.find(({ name }) => name === poolName)?.spec.sharing;
      if (sharing?.kind !== 'time-slicing' || !spec.gpu || spec.gpu.count === 1) return [];
      const message = `asks for ${spec.gpu.count} shares, and the GPUs of pool "${poolName}" are time-sliced.`;
      return [{ at: [...at, 'gpu', 'count'], message, hint: 'Ask for 1, or use a pool with whole GPUs.' }];
    }),
};
