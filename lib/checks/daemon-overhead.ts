import type { Pool, PoolNode } from '../model/pool.ts';
import type { Rule } from './rule.ts';

/** Share of a node that DaemonSets may take before it is worth a word. */
const THRESHOLD = 0.2;

function share({ overhead }: Pool, { allocatable }: PoolNode): number {
  return Math.max(overhead.millicpu / allocatable.millicpu, overhead.memoryBytes / allocatable.memoryBytes);
}

export const daemonOverheadShare: Rule = {
  id: 'NODE005',
  title: 'DaemonSets take at most a fifth of a node',
  severity: 'warning',
  protectsFrom: 'paying for nodes that sessions cannot use',
  because:
    'What DaemonSets ask for is set aside on every node, also on those that one session fills. Karpenter and cluster-autoscaler subtract it before they choose a size.',
  source: 'Karpenter 1.14, pkg/controllers/provisioning/scheduling (daemon overhead)',
  example: {
    of: 'environment',
    breaks: `daemonSets:
  - { name: agent, cpu: 4, pools: [cpu] }`,
    mended: `daemonSets:
  - { name: agent, cpu: 100m, pools: [cpu] }`,
  },
  check: ({ platform }) =>
    platform.pools.flatMap((pool) => {
      const heavy = pool.nodes.filter((node) => share(pool, node) > THRESHOLD);
      if (heavy.length === 0) return [];
      const shares = heavy.map((node) => `${node.type} ${Math.round(share(pool, node) * 100)} %`).join(', ');
      return [
        {
          at: pool.at,
          message: `DaemonSets (${pool.overhead.daemons.join(', ')}) take ${shares} of a node.`,
          hint: 'Use larger nodes.',
        },
      ];
    }),
};
