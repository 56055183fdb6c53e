import type { Rule } from './rule.ts';

export const gpuImage: Rule = {
  id: 'WB002',
  title: 'Images of profiles with a GPU bring CUDA',
  severity: 'warning',
  protectsFrom: 'sessions that hold a GPU they cannot use',
  because:
    'A GPU is mounted into any container that asks for one, but libraries of CUDA come with the image. Without them frameworks fall back to the CPU, without a word.',
  source: 'NVIDIA Container Toolkit documentation, "Specialized Configurations"',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: gpu, images: [base] }`,
    mended: `sessionProfiles:
  - { name: gpu, images: [cuda] }`,
  },
  check: ({ platform }) =>
    platform.profiles.flatMap(({ at, spec }) => {
      if (!spec.gpu) return [];
      const without = spec.images.filter(
        (name) => !platform.environment.images.find((image) => image.name === name)?.gpu,
      );
      if (without.length === 0) return [];
      const message = `${without.map((name) => `"${name}"`).join(', ')} brings no CUDA.`;
      return [{ at: [...at, 'images'], message, hint: 'Choose an image with gpu: true, or mark this one.' }];
    }),
};
