import { parseBytes, parseMillicpu } from '../../core/quantity.ts';
import type { PoolNode } from '../../model/pool.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

type Limits = Readonly<Record<string, string | number>>;

/** The first limit under which this node would not be launched. */
function obstacle({ capacity, devices }: PoolNode, limits: Limits): string | undefined {
  return Object.entries(limits)
    .filter(([resource, limit]) => {
      if (resource === 'nodes') return Number(limit) < 1;
      if (resource === 'cpu') return capacity.millicpu > (parseMillicpu(String(limit)) ?? 0);
      if (resource === 'memory') return capacity.memoryBytes > (parseBytes(String(limit)) ?? 0);
      return (devices[resource] ?? 0) > Number(limit);
    })
    .map(([resource, limit]) => `${resource} ${limit}`)[0];
}

export const limitsUnderNode: Rule = {
  id: 'AUTO007',
  title: 'The limits of every Karpenter NodePool leave room for one node',
  severity: 'error',
  protectsFrom: 'a pool that can never have a node, whatever its pods ask for',
  because:
    'Karpenter leaves out instance types that would take the pool over one of its limits, the first node included.',
  source: 'Karpenter 1.14, pkg/controllers/provisioning/scheduling/scheduler.go filterByRemainingResources',
  example: {
    of: 'objects',
    breaks: `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec: { limits: { cpu: "2" } }`,
    mended: `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec: { limits: { cpu: "8" } }`,
  },
  check: (bundle) =>
    inventoryOf(bundle)
      .ofKind('NodePool')
      .flatMap((object) => {
        const pool = bundle.platform.pools.find(({ name }) => name === object.manifest.metadata.name);
        const { limits = {} } = (object.manifest.spec ?? {}) as { readonly limits?: Limits };
        const obstacles = (pool?.nodes ?? []).map((node) => obstacle(node, limits));
        const [first] = obstacles;
        if (first === undefined || obstacles.includes(undefined)) return [];
        const message = `its limit ${first} is less than one node has.`;
        return [aboutObject(object, message, 'Raise the limit to at least one node.')];
      }),
};
