import type { Bundle } from '../../bundle/bundle.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { LabelSelector } from '../../core/label-selector.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { selects } from '../reading/label-selector.ts';
import { podTemplates } from '../reading/pod-template.ts';
import { aboutRelease, valuesNamed } from '../reading/release-values.ts';
import type { Finding, Rule } from '../rule.ts';

interface Budget {
  readonly minAvailable?: string | number;
  readonly maxUnavailable?: string | number;
}

/** How many pods of `pods` may be evicted at once; percentages are rounded up (pkg/controller/disruption). */
function evictable({ minAvailable, maxUnavailable }: Budget, pods: number): number {
  const scaled = (value: string | number): number =>
    typeof value === 'string' && value.endsWith('%')
      ? Math.ceil((Number(value.slice(0, -1)) / 100) * pods)
      : Number(value);
  if (maxUnavailable !== undefined) return scaled(maxUnavailable);
  return minAvailable === undefined ? pods : pods - scaled(minAvailable);
}

const describe = ({ minAvailable, maxUnavailable }: Budget): string =>
  maxUnavailable === undefined ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable}`;

const HINT = 'Let at least one pod go: maxUnavailable 1, or fewer minAvailable than there are pods.';

function ofObjects(bundle: Bundle): readonly Finding[] {
  const inventory = inventoryOf(bundle);
  return inventory.ofKind('PodDisruptionBudget').flatMap((budget) => {
    const spec = (budget.manifest.spec ?? {}) as Budget & { readonly selector?: LabelSelector };
    const namespace = budget.manifest.metadata.namespace ?? '';
    if (!inventory.isComplete(namespace)) return [];
    const pods = podTemplates(bundle).filter(
      (pod) => pod.namespace === namespace && selects(spec.selector ?? {}, pod.labels),
    );
    if (pods.length === 0) return [aboutObject(budget, 'selects no pod.', 'Select the labels of the pod template.')];
    if (pods.some((pod) => pod.pods === undefined)) return [];
    const count = pods.reduce((sum, pod) => sum + (pod.pods ?? 0), 0);
    if (count === 0 || evictable(spec, count) > 0) return [];
    const message = `${describe(spec)} lets none of ${count} pods be evicted, ever.`;
    return [aboutObject(budget, message, HINT)];
  });
}

/** Replicas that a chart's values state beside the budget, or in the `...Spec` beside it. */
function replicasBeside(map: JsonObject): number | undefined {
  const nested = Object.entries(map).find(([key]) => key.endsWith('Spec'))?.[1] as JsonObject | undefined;
  const stated = [map.replicas, map.replicaCount, nested?.replicas].find(
    (value): value is number => typeof value === 'number',
  );
  return stated;
}

function isBudget(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ofReleases(bundle: Bundle): readonly Finding[] {
  return bundle.releases.flatMap((release) =>
    valuesNamed(release, ['podDisruptionBudget', 'pdb']).flatMap(({ path, value, map }) => {
      const replicas = replicasBeside(map);
      if (!isBudget(value) || value.enabled === false || replicas === undefined) return [];
      const budget = value as Budget;
      if (budget.minAvailable === undefined && budget.maxUnavailable === undefined) return [];
      if (replicas === 0 || evictable(budget, replicas) > 0) return [];
      const message = `${path}: ${describe(budget)} lets none of ${replicas} replicas be evicted, ever.`;
      return [aboutRelease(release, message, HINT)];
    }),
  );
}

export const disruptionBudget: Rule = {
  id: 'OBJ016',
  title: 'Every PodDisruptionBudget selects pods and lets one of them go',
  severity: 'error',
  protectsFrom: 'nodes that can never be drained: upgrades hang, and autoscalers pay for the node',
  because:
    'An eviction is refused as long as a budget would be broken. A budget that asks for as many pods as there are refuses each one, for ever; Karpenter and cluster-autoscaler leave such nodes alone.',
  source: 'Kubernetes documentation, "Disruptions"; Karpenter 1.14, "Disruption: Pod-level controls"',
  example: {
    of: { valuesOf: 'kyverno' },
    breaks: 'admissionController: { replicas: 3, podDisruptionBudget: { minAvailable: 3 } }',
    mended: 'admissionController: { replicas: 3, podDisruptionBudget: { minAvailable: 2 } }',
  },
  check: (bundle) => [...ofObjects(bundle), ...ofReleases(bundle)],
};
