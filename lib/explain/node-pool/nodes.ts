import { asJsonObject } from '../../core/json.ts';
import { describeBytes } from '../../core/quantity.ts';
import { count } from '../../core/words.ts';
import type { Pool, PoolNode } from '../../model/pool.ts';
import type { Step } from '../explanation.ts';
import { placeAt, type Scene } from '../scene.ts';
import { cores, describeSize, detail, dollars, line } from '../words.ts';

/** What is left for sessions on an empty node. */
function left(
  { overhead }: Pool,
  { allocatable }: PoolNode,
): { readonly millicpu: number; readonly memoryBytes: number; readonly pods: number } {
  return {
    millicpu: Math.max(0, allocatable.millicpu - overhead.millicpu),
    memoryBytes: Math.max(0, allocatable.memoryBytes - overhead.memoryBytes),
    pods: Math.max(0, allocatable.pods - overhead.pods),
  };
}

/** Every kind of node, from what the machine has to what sessions get. */
export function explainNodes(scene: Scene, pool: Pool): Step {
  const { overhead, nodes, gpuModel } = pool;
  const daemons = `${cores(overhead.millicpu)} CPU and ${describeBytes(overhead.memoryBytes)}`;
  return {
    id: 'nodes',
    verdict: 'fine',
    summary: `${count(nodes.length, 'kind')} of node${gpuModel === undefined ? '' : ` with ${gpuModel}`}; ${count(overhead.pods, 'DaemonSet')} take ${daemons} of each, which leaves for sessions:`,
    lines: [
      ...nodes.map((node) => {
        const free = left(pool, node);
        const price = node.usdPerHour === undefined ? '' : `; ${dollars(node.usdPerHour)} USD an hour`;
        return line(
          `${node.type}: ${describeSize(free.millicpu, free.memoryBytes, node.devices)}, ${count(free.pods, 'pod')}${price}`,
        );
      }),
      ...nodes.map(({ type, capacity, allocatable }) =>
        detail(
          `${type}: capacity ${describeSize(capacity.millicpu, capacity.memoryBytes)}; allocatable ${describeSize(allocatable.millicpu, allocatable.memoryBytes)}, ${describeBytes(allocatable.ephemeralBytes)} of disk, ${count(allocatable.pods, 'pod')}`,
        ),
      ),
      detail(`DaemonSets: ${overhead.daemons.join(', ')}`),
    ],
    places: [placeAt(scene, [...pool.at, 'capacity'])],
    files: [],
    facts: {
      ...(gpuModel === undefined ? {} : { gpuModel }),
      daemonSets: asJsonObject(overhead),
      nodes: nodes.map((node) => asJsonObject({ ...node, forSessions: left(pool, node) })),
    },
  };
}
