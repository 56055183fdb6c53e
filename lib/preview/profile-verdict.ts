import type { PlatformFacts } from '../bundle/platform-file.ts';
import { obstacle } from '../checks/profile-fits-pool.ts';
import type { Profile } from '../model/profile.ts';

/** Whether a pod of the profile can run, from zero nodes; if not, the first reason of every kind of node. */
export type Verdict = { readonly fits: true } | { readonly fits: false; readonly reason: string };

/** The one place that says what fits; it asks the same rule as `atelier check` (NODE002). */
export function profileVerdict({ pools }: PlatformFacts, profile: Profile): Verdict {
  const pool = pools.find(({ name }) => name === profile.pool);
  if (!pool) return { fits: false, reason: `there is no pool "${profile.pool}"` };
  if (pool.max === 0 || pool.nodes.length === 0) return { fits: false, reason: `pool "${pool.name}" can have no node` };
  const obstacles = pool.nodes.map((node) => ({ type: node.type, reason: obstacle(profile, pool, node) }));
  if (obstacles.some(({ reason }) => reason === undefined)) return { fits: true };
  return { fits: false, reason: obstacles.map(({ type, reason }) => `${type}: ${reason}`).join('; ') };
}
