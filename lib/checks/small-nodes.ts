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
  because:
    'Kubelet, runtime and the DaemonSets of the platform take the same from every node, small or large. Under 2 CPUs and 8 GiB that is a quarter of it and more.',
  source: 'SPEC NODE-5 of Atelier; Kubernetes documentation, "Reserve Compute Resources for System Daemons"',
  example: {
    of: 'environment',
    breaks: `nodePools:
  - name: small
    role: general
    capacity: { kind: ec2, instanceTypes: [c7i.xlarge], max: 2 }`,
    mended: `nodePools:
  - name: small
    role: general
    capacity: { kind: ec2, instanceTypes: [m7i.2xlarge], max: 2 }`,
  },
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
