import { sessionDemand } from '../model/pod-demands.ts';
import { podsPerNode } from '../model/pods-per-node.ts';
import type { Pool } from '../model/pool.ts';
import { type WarmCapacity, warmCapacities } from '../model/warm-capacity.ts';
import type { Rule } from './rule.ts';

/** Nodes that the warm capacity takes at least, each on the node type that holds most of it. */
function fewestNodes(pool: Pool, all: readonly WarmCapacity[]): number {
  const shares = all.map(({ profile, sessions }) => {
    const most = Math.max(0, ...pool.nodes.map((node) => podsPerNode(sessionDemand(profile), pool, node)));
    // A profile that fits no node is NODE002's business.
    return most === 0 ? 0 : sessions / most;
  });
  // Thirds and the like do not add up exactly.
  return Math.ceil(shares.reduce((sum, share) => sum + share, 0) - 1e-9);
}

export const warmCapacityFits: Rule = {
  id: 'NODE008',
  title: 'A pool can hold the warm capacity of its profiles',
  severity: 'error',
  protectsFrom: 'placeholders that stay Pending for ever: a promise of places that the pool cannot have',
  because:
    'Placeholders are pods of the size of a session. The autoscaler launches nodes for them up to the limit of the pool, and the rest stays Pending.',
  source: 'Kubernetes documentation, "Overprovision Node Capacity For A Cluster"',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - name: gpu
    priorityClass: atelier-warm
    warmCapacity: { sessions: 5, schedule: { days: [mon], from: "08:00", to: "18:00" } }`,
    mended: `sessionProfiles:
  - name: gpu
    priorityClass: atelier-warm
    warmCapacity: { sessions: 3, schedule: { days: [mon], from: "08:00", to: "18:00" } }`,
  },
  check: ({ platform }) => {
    const all = warmCapacities(platform);
    return platform.pools.flatMap((pool) => {
      const here = all.filter((warm) => warm.pool.name === pool.name);
      const [first] = here;
      if (!first) return [];
      const nodes = fewestNodes(pool, here);
      if (nodes <= pool.max) return [];
      const whose = here.map(({ profile, sessions }) => `${sessions} of "${profile.name}"`).join(', ');
      const message = `warm capacity of pool "${pool.name}" (${whose}) takes at least ${nodes} nodes, and the pool has at most ${pool.max}.`;
      const at = [...first.profile.at, 'warmCapacity', 'sessions'];
      return [{ at, message, hint: 'Keep fewer sessions warm, or let the pool grow.' }];
    });
  },
};
