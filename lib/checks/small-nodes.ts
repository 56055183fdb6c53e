import { GiB } from '../core/quantity.ts';
import type { Rule } from './rule.ts';

/** Under this, system pods eat a quarter of the node and more (SPEC NODE-5). */
const MIN_MILLICPU = 2000;
const MIN_MEMORY = 8 * GiB;

export const smallNodes: Rule = {
  id: 'NODE004',
  title: 'Nodes have at least 2 CPUs and 8 GiB',
  severity: 'warning',
  protectsFrom: 'nodes that mostly carry their own DaemonSets',
  check: ({ platform }) =>
    platform.pools.flatMap((pool) => {
      const small = pool.nodes.filter(
        ({ capacity }) => capacity.millicpu < MIN_MILLICPU || capacity.memoryBytes < MIN_MEMORY,
      );
      if (small.length === 0) return [];
      const types = small.map(({ type }) => type).join(', ');
      return [{ at: pool.at, message: `${types}: under 2 CPUs or 8 GiB.`, hint: 'Use larger nodes, fewer of them.' }];
    }),
};
