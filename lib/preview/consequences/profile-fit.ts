import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { profileVerdict } from '../profile-verdict.ts';

export const profileFit: ConsequenceRule = {
  id: 'profile-fit',
  title: 'Session profiles that stop or start to fit a node of their pool',
  upstream: 'Kubernetes 1.36 pkg/scheduler/framework/plugins/noderesources; rule NODE002 of atelier check',
  foresee: ({ before, after }) => {
    const earlier = before.platform;
    const later = after.platform;
    if (!earlier || !later) return [];
    const known = new Map(earlier.profiles.map((profile) => [profile.name, profile]));
    return later.profiles.flatMap((profile): readonly Omit<Consequence, 'rule'>[] => {
      const old = known.get(profile.name);
      const now = profileVerdict(later, profile);
      const did = old ? profileVerdict(earlier, old).fits : undefined;
      const about = `profile ${profile.name}`;
      if (!now.fits && did !== false) {
        const stops = did === undefined ? 'is new and fits no node' : 'no longer fits any node';
        const message = `${stops} of pool "${profile.pool}", so its sessions stay Pending: ${now.reason}.`;
        return [{ risk: 'disruptive', about, message, causes: [], at: profile.at }];
      }
      if (now.fits && did === false) {
        return [
          {
            risk: 'safe',
            about,
            message: `now fits pool "${profile.pool}"; it did not before.`,
            causes: [],
            at: profile.at,
          },
        ];
      }
      return [];
    });
  },
};
