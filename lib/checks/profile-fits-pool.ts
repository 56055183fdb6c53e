import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import type { PodDemand } from '../model/pod-demand.ts';
import { podDemands } from '../model/pod-demands.ts';
import type { Pool, PoolNode } from '../model/pool.ts';
import type { Rule } from './rule.ts';

/** Why the pod does not fit an empty node, in the words of the scheduler; `undefined` where it fits. */
function obstacle(pod: PodDemand, pool: Pool, node: PoolNode): string | undefined {
  const millicpu = node.allocatable.millicpu - pool.overhead.millicpu;
  const memoryBytes = node.allocatable.memoryBytes - pool.overhead.memoryBytes;
  if (pod.millicpu > millicpu) {
    return `cpu ${formatMillicpu(pod.millicpu)} of ${formatMillicpu(Math.max(0, millicpu))}`;
  }
  if (pod.memoryBytes > memoryBytes) {
    return `memory ${describeBytes(pod.memoryBytes)} of ${describeBytes(Math.max(0, memoryBytes))}`;
  }
  if (node.allocatable.pods <= pool.overhead.pods) return `pods: all ${node.allocatable.pods} are DaemonSets`;
  if (!pod.gpu) return undefined;
  const devices = node.devices[pod.gpu.resource] ?? 0;
  return pod.gpu.count > devices ? `${pod.gpu.resource} ${pod.gpu.count} of ${devices}` : undefined;
}

export const profileFitsPool: Rule = {
  id: 'NODE002',
  title: 'One pod of every session profile, and of Spark, fits an empty node of its pool, DaemonSets counted',
  severity: 'error',
  protectsFrom: 'a session that stays Pending for ever, or nodes that are launched and found too small again and again',
  check: ({ platform }) =>
    podDemands(platform).flatMap((pod) => {
      const pool = platform.pools.find(({ name }) => name === pod.pool);
      if (!pool || pool.nodes.length === 0) return [];
      const obstacles = pool.nodes.map((node) => ({ type: node.type, reason: obstacle(pod, pool, node) }));
      if (obstacles.some(({ reason }) => reason === undefined)) return [];
      const reasons = obstacles.map(({ type, reason }) => `${type}: ${reason}`).join('; ');
      const { millicpu, memoryBytes } = pool.overhead;
      return [
        {
          at: pod.at,
          message: `no node of pool "${pool.name}" has room for it: asks for ${reasons} (after ${formatMillicpu(millicpu)} CPU and ${describeBytes(memoryBytes)} of DaemonSets).`,
          hint: 'Ask for less, or give the pool a larger node.',
        },
      ];
    }),
};
