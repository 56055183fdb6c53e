import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

interface NodePoolSpec {
  readonly template: { readonly spec: { readonly nodeClassRef: { readonly kind: string; readonly name: string } } };
}

export const missingNodeClass: Rule = {
  id: 'OBJ031',
  title: 'Every Karpenter NodePool names a node class that exists',
  severity: 'error',
  protectsFrom: 'a pool that never launches a node: it is not ready, and its pods stay Pending',
  because:
    'Karpenter leaves out pools whose node class is not found or not ready (condition NodeClassReady), without an event on the pods that wait for them.',
  source: 'Karpenter 1.14, pkg/controllers/nodepool/readiness',
  example: {
    of: 'objects',
    breaks: `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec: { template: { spec: { nodeClassRef: { name: gpus } } } }`,
    mended: `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec: { template: { spec: { nodeClassRef: { name: gpu } } } }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return inventory.ofKind('NodePool').flatMap((pool) => {
      const { kind, name } = (pool.manifest.spec as unknown as NodePoolSpec).template.spec.nodeClassRef;
      if (inventory.find(kind, undefined, name)) return [];
      const known = inventory.ofKind(kind).map(({ manifest }) => manifest.metadata.name);
      return [aboutObject(pool, `names ${kind} "${name}", which nothing makes.`, didYouMean(name, known))];
    });
  },
};
