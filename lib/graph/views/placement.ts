import { misfit } from '../../checks/profile-fits-pool.ts';
import type { Autoscaler } from '../../model/autoscaler.ts';
import type { Platform } from '../../model/platform.ts';
import { podsPerNode } from '../../model/pods-per-node.ts';
import type { Pool, PoolNode } from '../../model/pool.ts';
import { demandedPod } from '../../scheduling/demanded-pod.ts';
import { emptyNodes } from '../../scheduling/empty-nodes.ts';
import { type Snapshot, takeSnapshot } from '../../scheduling/snapshot.ts';
import { decidePlacement } from '../../scheduling/verdict.ts';
import { type Starter, starters } from './starter.ts';

/** A pool whose empty nodes take a pod. */
export interface Reach {
  readonly pool: Pool;
  /** Kinds of node that do, in the order of the pool. */
  readonly nodes: readonly PoolNode[];
  /** The one that comes first where the pool has no node. */
  readonly first: PoolNode;
  /** How many such pods it has room for. */
  readonly perNode: number;
}

/** Where a starter's pods can really run: what the scheduler's filters say, not what the environment calls them. */
export interface Placement {
  readonly starter: Starter;
  readonly reaches: readonly Reach[];
  /** Why its pool takes none, where that is so. */
  readonly refusal?: string;
}

/**
 * Karpenter launches the cheapest type that fits, cluster-autoscaler plans from the first of its group (Karpenter 1.14,
 * "NodePools"; cluster-autoscaler 1.36, FAQ), and nodes that exist are all alike. Prices are on demand in us-east-1.
 */
function firstNode(nodes: readonly PoolNode[], autoscaler: Autoscaler['kind']): PoolNode | undefined {
  const priced = nodes.flatMap((node) => (node.usdPerHour === undefined ? [] : [{ node, price: node.usdPerHour }]));
  if (autoscaler !== 'karpenter' || priced.length < nodes.length) return nodes[0];
  return priced.reduce(
    (best, each) => (each.price < best.price ? each : best),
    priced[0] ?? { node: nodes[0], price: 0 },
  ).node;
}

interface KnownPool {
  readonly pool: Pool;
  readonly empty: Snapshot;
}

function reachOf({ demand }: Starter, { pool, empty }: KnownPool, autoscaler: Autoscaler['kind']): readonly Reach[] {
  const verdict = decidePlacement(demandedPod(demand), empty);
  if (verdict.kind !== 'feasible') return [];
  const nodes = pool.nodes.filter(({ type }) => verdict.nodes.includes(type));
  const first = firstNode(nodes, autoscaler);
  return first ? [{ pool, nodes, first, perNode: podsPerNode(demand, pool, first) }] : [];
}

/** Every starter with the pools it reaches from zero nodes, DaemonSets counted. */
export function placements(platform: Platform): readonly Placement[] {
  const pools = platform.pools.map((pool) => ({ pool, empty: takeSnapshot(emptyNodes(pool)) }));
  return starters(platform).map((starter) => {
    const reaches = pools.flatMap((each) => reachOf(starter, each, platform.environment.autoscaler.kind));
    if (reaches.some(({ pool }) => pool.name === starter.demand.pool)) return { starter, reaches };
    const own = platform.pools.find(({ name }) => name === starter.demand.pool);
    const refusal = (own && misfit(starter.demand, own)) ?? `pool "${starter.demand.pool}" can have no node`;
    return { starter, reaches, refusal };
  });
}
