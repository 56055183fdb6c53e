import type { Pool } from '../../model/pool.ts';
import type { ControllerDemand } from './controller-pods.ts';
import type { PlatformHome } from './platform-home.ts';

/** Room on one node, and which controllers are there already. */
interface Room {
  readonly size: { readonly millicpu: number; readonly memoryBytes: number };
  millicpu: number;
  memoryBytes: number;
  pods: number;
  readonly held: Map<string, number>;
}

/** A controller of which some pods find no node. */
export interface Unplaced extends ControllerDemand {
  readonly missing: number;
}

/** What a node of the pool has for others than DaemonSets, of the machine with least: nobody chooses which one joins. */
export function roomOfNode({ nodes, overhead }: Pool): {
  readonly millicpu: number;
  readonly memoryBytes: number;
  readonly pods: number;
} {
  const least = (of: (node: Pool['nodes'][number]) => number, taken: number): number =>
    Math.max(0, Math.min(...nodes.map(of)) - taken);
  return {
    millicpu: least(({ allocatable }) => allocatable.millicpu, overhead.millicpu),
    memoryBytes: least(({ allocatable }) => allocatable.memoryBytes, overhead.memoryBytes),
    pods: least(({ allocatable }) => allocatable.pods, overhead.pods),
  };
}

function emptyRoom(pool: Pool): Room {
  const room = roomOfNode(pool);
  return { ...room, size: { millicpu: room.millicpu, memoryBytes: room.memoryBytes }, held: new Map() };
}

function takes(
  room: Room,
  { name, millicpu, memoryBytes, sharing }: ControllerDemand,
  rooms: readonly Room[],
): boolean {
  if (room.millicpu < millicpu || room.memoryBytes < memoryBytes || room.pods < 1) return false;
  const here = room.held.get(name) ?? 0;
  switch (sharing) {
    case 'never':
      return here === 0;
    case 'evenly':
      return here <= Math.min(...rooms.map(({ held }) => held.get(name) ?? 0));
    case undefined:
      return true;
  }
}

const used = ({ size, millicpu, memoryBytes }: Room): number =>
  Math.max(1 - millicpu / size.millicpu, 1 - memoryBytes / size.memoryBytes);

function put(room: Room, { name, millicpu, memoryBytes }: ControllerDemand): void {
  room.millicpu -= millicpu;
  room.memoryBytes -= memoryBytes;
  room.pods -= 1;
  room.held.set(name, (room.held.get(name) ?? 0) + 1);
}

/**
 * Places controllers one after the other as a new cluster does: on the emptiest node that takes the pod
 * (NodeResourcesFit, LeastAllocated), else on one more where the pool may grow. Nothing is moved later, because the scheduler
 * moves nothing, and none of them displaces another. Returns those with pods left over.
 */
export function unplacedControllers(
  homes: readonly PlatformHome[],
  demands: readonly ControllerDemand[],
): readonly Unplaced[] {
  const rooms = homes.flatMap(({ pool, least }) => Array.from({ length: least }, () => emptyRoom(pool)));
  const spare = homes.flatMap(({ pool, least, most }) => Array.from({ length: most - least }, () => pool));
  const place = (demand: ControllerDemand): boolean => {
    const [emptiest] = rooms.filter((room) => takes(room, demand, rooms)).sort((a, b) => used(a) - used(b));
    if (emptiest) {
      put(emptiest, demand);
      return true;
    }
    const grown = spare.findIndex((pool) => takes(emptyRoom(pool), demand, []));
    const [pool] = grown < 0 ? [] : spare.splice(grown, 1);
    if (!pool) return false;
    const room = emptyRoom(pool);
    put(room, demand);
    rooms.push(room);
    return true;
  };
  return demands.flatMap((demand) => {
    const missing = Array.from({ length: demand.replicas }, () => place(demand)).filter((found) => !found).length;
    return missing === 0 ? [] : [{ ...demand, missing }];
  });
}
