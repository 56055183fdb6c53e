import type { Placement } from './placement.ts';
import type { PoolGroup, PoolWithStarters } from './pool-group.ts';

/** What people start on a pool, as far as it is shown by itself. */
export interface FoldedPool {
  readonly entry: PoolWithStarters;
  readonly placements: readonly Placement[];
  /** How many more there are. */
  readonly rest: number;
}

export interface FoldedGroup extends Pick<PoolGroup, 'kind' | 'title'> {
  readonly pools: readonly FoldedPool[];
  /** Pools that are not shown by themselves. */
  readonly rest: readonly PoolWithStarters[];
}

const MOST_STARTERS = 12;

/** The first of a list. One line that says "and 1 more" takes as much room as the item itself. */
function firstOf<T>(items: readonly T[], most: number): readonly T[] {
  return items.length <= most ? items : items.slice(0, Math.max(0, most - 1));
}

/** A pool with its first profiles. */
export function foldPool(entry: PoolWithStarters, most = MOST_STARTERS): FoldedPool {
  const placements = firstOf(entry.placements, Math.min(most, MOST_STARTERS));
  return { entry, placements, rest: entry.placements.length - placements.length };
}

/** Groups of which no list, of pools or of profiles, shows more than `most` by themselves. */
export function foldPools(groups: readonly PoolGroup[], most: number): readonly FoldedGroup[] {
  return groups.map(({ kind, title, pools }) => {
    const shown = firstOf(pools, most);
    return { kind, title, pools: shown.map((entry) => foldPool(entry, most)), rest: pools.slice(shown.length) };
  });
}
