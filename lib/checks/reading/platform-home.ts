import type { Platform } from '../../model/platform.ts';
import type { Pool } from '../../model/pool.ts';

/** A pool on which controllers and servers of the platform run, and how many nodes it may have for them. */
export interface PlatformHome {
  readonly pool: Pool;
  /** Nodes that are always there. */
  readonly least: number;
  /** Nodes there can be without anybody's doing. */
  readonly most: number;
}

/** Pools of role system; where there is none, those that repel nobody. */
export function platformHomes({ pools, environment }: Platform): readonly PlatformHome[] {
  const system = pools.filter(({ spec }) => spec.role === 'system');
  const homes = system.length > 0 ? system : pools.filter(({ taints }) => taints.length === 0);
  // With Karpenter nobody scales the pool that Karpenter itself stands on.
  const fixed = environment.autoscaler.kind === 'karpenter' && system.length > 0;
  return homes.map((pool) => ({ pool, least: pool.min, most: fixed ? pool.min : pool.max }));
}
