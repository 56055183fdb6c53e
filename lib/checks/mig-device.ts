import { didYouMean } from '../core/suggest.ts';
import type { Finding, Rule } from './rule.ts';

export const migDevice: Rule = {
  id: 'GPU003',
  title: 'A profile names a MIG device exactly where its pool offers several kinds, and one of them',
  severity: 'error',
  protectsFrom: 'sessions that ask for a device name the pool does not advertise',
  because:
    'With strategy mixed each MIG profile is a resource of its own, `nvidia.com/mig-1g.5gb`, and `nvidia.com/gpu` is none. Everywhere else there is one name.',
  source: 'NVIDIA k8s-device-plugin 0.20, README "MIG strategy"',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: gpu, gpu: { count: 1, migProfile: 1g.5gb } }`,
    mended: `sessionProfiles:
  - { name: gpu, gpu: { count: 1 } }`,
  },
  check: ({ platform }) =>
    platform.profiles.flatMap(({ at, spec, pool: poolName }): readonly Finding[] => {
      const sharing = platform.pools.find(({ name }) => name === poolName)?.spec.sharing;
      if (!spec.gpu || !sharing) return [];
      const offered = sharing.kind === 'mig' && sharing.strategy === 'mixed' ? Object.keys(sharing.layout) : [];
      const { migProfile } = spec.gpu;
      if (migProfile === undefined && offered.length === 0) return [];
      if (migProfile !== undefined && offered.includes(migProfile)) return [];
      if (migProfile === undefined) {
        const message = `pool "${poolName}" advertises MIG devices by name, and the profile names none.`;
        return [{ at: [...at, 'gpu'], message, hint: didYouMean('', offered) }];
      }
      return [
        {
          at: [...at, 'gpu', 'migProfile'],
          message: `pool "${poolName}" advertises no device "${migProfile}".`,
          hint: offered.length > 0 ? didYouMean(migProfile, offered) : 'Leave migProfile out.',
        },
      ];
    }),
};
