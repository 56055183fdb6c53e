import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { demandVerdict, namedDemands } from '../demand-verdict.ts';

export const profileFit: ConsequenceRule = {
  id: 'profile-fit',
  title: 'Session profiles, and Spark, that stop or start to fit a node of their pool',
  upstream: 'Kubernetes 1.36 pkg/scheduler/framework/plugins; rule NODE002 of atelier check',
  foresee: ({ before, after }) => {
    const earlier = before.platform;
    const later = after.platform;
    if (!earlier || !later) return [];
    const known = new Map(namedDemands(earlier).map(({ name, demand }) => [name, demand]));
    return namedDemands(later).flatMap(({ name, demand }): readonly Omit<Consequence, 'rule'>[] => {
      const old = known.get(name);
      const did = old ? demandVerdict(earlier, old).fits : undefined;
      const now = demandVerdict(later, demand);
      const found = { about: name, causes: [], at: demand.at };
      if (!now.fits && did !== false) {
        const stops = did === undefined ? 'is new and fits no node' : 'no longer fits any node';
        const message = `${stops} of pool "${demand.pool}", so its pods stay Pending: ${now.reason}.`;
        return [{ risk: 'disruptive', message, ...found }];
      }
      return now.fits && did === false
        ? [{ risk: 'safe', message: `now fits pool "${demand.pool}"; it did not before.`, ...found }]
        : [];
    });
  },
};
