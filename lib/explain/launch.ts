import { runByKarpenter } from '../checks/reading/pool-sessions.ts';
import type { Platform } from '../model/platform.ts';
import type { Pool, PoolNode } from '../model/pool.ts';

/** How a node comes to be that was not there before. */
export type Launch =
  /** `node`: the kind that is launched first where several would do. */
  | { readonly by: 'karpenter' | 'cluster-autoscaler'; readonly node: PoolNode; readonly spot: boolean }
  /** Nobody adds nodes: these exist, or the group has the size it has. */
  | { readonly by: 'nobody'; readonly node: PoolNode; readonly nodes: number };

/** Whether the pool may use spot capacity. */
export function takesSpot({ spec: { capacity } }: Pool): boolean {
  return capacity.kind === 'ec2' && capacity.capacityTypes.includes('spot');
}

/** The cheapest kind; the first of the environment's list where prices are unknown. */
function cheapest(nodes: readonly PoolNode[]): PoolNode | undefined {
  const price = ({ usdPerHour }: PoolNode): number => usdPerHour ?? Number.POSITIVE_INFINITY;
  return [...nodes].sort((a, b) => price(a) - price(b) || nodes.indexOf(a) - nodes.indexOf(b))[0];
}

/**
 * Which of the kinds of node that would do is launched. Karpenter asks EC2 for the cheapest (CreateFleet, lowest-price; on
 * spot price-capacity-optimized, which weighs capacity too); a managed node group takes its types in their order
 * (EKS, "Managed node group capacity types"). `undefined` where none would do.
 */
export function launchOf(platform: Platform, pool: Pool, types: readonly string[]): Launch | undefined {
  const nodes = pool.nodes.filter(({ type }) => types.includes(type));
  const spot = takesSpot(pool);
  if (runByKarpenter(platform, pool)) {
    const node = cheapest(nodes);
    return node && { by: 'karpenter', node, spot };
  }
  const [node] = nodes;
  if (!node) return undefined;
  const grown = pool.elastic && platform.environment.autoscaler.kind === 'cluster-autoscaler';
  return grown ? { by: 'cluster-autoscaler', node, spot } : { by: 'nobody', node, nodes: pool.min };
}
