import type { Platform } from '../../model/platform.ts';
import type { Pool } from '../../model/pool.ts';
import { type Placement, placements } from './placement.ts';

/** Pools for one kind of work, with what people start there. */
export interface PoolGroup {
  readonly kind: 'general' | 'cpu' | 'gpu' | 'system';
  readonly title: string;
  readonly pools: readonly PoolWithStarters[];
}

export interface PoolWithStarters {
  readonly pool: Pool;
  /** Whose own pool this is, whether it takes them or not, and who belongs to no pool that there is. */
  readonly placements: readonly Placement[];
}

const TITLES: Readonly<Record<PoolGroup['kind'], string>> = {
  general: 'Open to everything',
  cpu: 'Dedicated, without GPUs',
  gpu: 'Dedicated, with GPUs',
  system: 'The platform itself',
};

/** What a pool is for, in the four kinds that pictures tell apart. */
export function poolKind({ spec, gpuModel }: Pool): PoolGroup['kind'] {
  if (gpuModel !== undefined) return 'gpu';
  return spec.role === 'dedicated' ? 'cpu' : spec.role;
}

/** All pools, by what they are for; within a group in the order of the environment. */
export function poolGroups(platform: Platform): readonly PoolGroup[] {
  const all = placements(platform);
  const kinds = Object.keys(TITLES) as readonly PoolGroup['kind'][];
  return kinds.flatMap((kind) => {
    const pools = platform.pools
      .filter((pool) => poolKind(pool) === kind)
      .map((pool) => ({ pool, placements: all.filter(({ starter }) => starter.demand.pool === pool.name) }));
    return pools.length > 0 ? [{ kind, title: TITLES[kind], pools }] : [];
  });
}
