import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import type { Pool, PoolNode } from '../model/pool.ts';
import type { Profile } from '../model/profile.ts';
import type { Rule } from './rule.ts';

/** Why one pod of the profile does not fit an empty node, in the words of the scheduler; `undefined` where it fits. */
export function obstacle(profile: Profile, pool: Pool, node: PoolNode): string | undefined {
  const millicpu = node.allocatable.millicpu - pool.overhead.millicpu;
  const memoryBytes = node.allocatable.memoryBytes - pool.overhead.memoryBytes;
  const memory = profile.memoryMB.request * 1e6;
  if (profile.cpu.request > millicpu) {
    return `cpu ${formatMillicpu(profile.cpu.request)} of ${formatMillicpu(Math.max(0, millicpu))}`;
  }
  if (memory > memoryBytes) return `memory ${describeBytes(memory)} of ${describeBytes(Math.max(0, memoryBytes))}`;
  if (node.allocatable.pods <= pool.overhead.pods) return `pods: all ${node.allocatable.pods} are DaemonSets`;
  if (!profile.gpu) return undefined;
  const devices = node.devices[profile.gpu.resource] ?? 0;
  return profile.gpu.count > devices ? `${profile.gpu.resource} ${profile.gpu.count} of ${devices}` : undefined;
}

export const profileFitsPool: Rule = {
  id: 'NODE002',
  title: 'One pod of every session profile fits an empty node of its pool, DaemonSets counted',
  severity: 'error',
  protectsFrom: 'a session that stays Pending for ever, or nodes that are launched and found too small again and again',
  check: ({ platform }) =>
    platform.profiles.flatMap((profile) => {
      const pool = platform.pools.find(({ name }) => name === profile.pool);
      if (!pool || pool.nodes.length === 0) return [];
      const obstacles = pool.nodes.map((node) => ({ type: node.type, reason: obstacle(profile, pool, node) }));
      if (obstacles.some(({ reason }) => reason === undefined)) return [];
      const reasons = obstacles.map(({ type, reason }) => `${type}: ${reason}`).join('; ');
      const { millicpu, memoryBytes } = pool.overhead;
      return [
        {
          at: profile.at,
          message: `no node of pool "${pool.name}" has room for it: asks for ${reasons} (after ${formatMillicpu(millicpu)} CPU and ${describeBytes(memoryBytes)} of DaemonSets).`,
          hint: 'Ask for less, or give the pool a larger node.',
        },
      ];
    }),
};
