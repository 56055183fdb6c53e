import type { Pool, PoolNode } from './pool.ts';

/** What tenants share when all pools but those of the platform are as large as they may be, of each its largest nodes. */
export function largestCapacity(pools: readonly Pool[], perNode: (node: PoolNode, pool: Pool) => number): number {
  return pools
    .filter(({ spec }) => spec.role !== 'system')
    .reduce((sum, pool) => sum + pool.max * Math.max(0, ...pool.nodes.map((node) => perNode(node, pool))), 0);
}
