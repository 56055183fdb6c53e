import { podDemands } from '../model/pod-demands.ts';
import type { Rule } from './rule.ts';

export const gpuOnPoolWithout: Rule = {
  id: 'GPU001',
  title: 'Profiles and Spark with a GPU run on pools with GPUs, those without one elsewhere',
  severity: 'error',
  protectsFrom: 'sessions that wait for a device no node has, or that keep a GPU node up without using it',
  because:
    'Only nodes of pools with GPUs advertise a device. On such a pool every node costs what its GPU costs, whether the session on it asked for one or not.',
  source: 'NVIDIA k8s-device-plugin 0.20, README',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: gpu, images: [base], gpu: null }`,
    mended: `sessionProfiles:
  - { name: gpu, images: [cuda], gpu: { count: 1 } }`,
  },
  check: ({ platform }) =>
    podDemands(platform).flatMap((pod) => {
      const pool = platform.pools.find(({ name }) => name === pod.pool);
      if (!pool || (pod.gpu !== undefined) === (pool.gpuModel !== undefined)) return [];
      return [
        pod.gpu
          ? {
              at: [...pod.at, 'gpu'],
              message: `asks for ${pod.gpu.count} x ${pod.gpu.resource}, and pool "${pool.name}" has no GPUs.`,
              hint: 'Choose a pool with GPUs, or leave gpu out.',
            }
          : {
              at: [...pod.at, 'pool'],
              message: `asks for no GPU, and every node of pool "${pool.name}" has ${pool.gpuModel}.`,
              hint: 'Choose a pool without GPUs, or ask for one.',
            },
      ];
    }),
};
