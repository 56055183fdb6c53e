import { type LabelMatcher, labelMatcher, labelValue, selectorRequirements } from '../core/label-selector.ts';
import { type Filter, type Rejection, resolvable, SKIP, unresolvable } from './filter.ts';
import { withLabelKeys } from './label-keys.ts';
import { nodeAffinityMatcher } from './node-affinity.ts';
import type { NodeState } from './node-state.ts';
import type { TopologySpreadConstraint } from './pod.ts';
import type { PodState } from './pod-state.ts';
import { untoleratedTaint } from './toleration.ts';

/** A constraint with the pods that each domain has. */
interface Spread {
  readonly constraint: TopologySpreadConstraint;
  readonly matchesSelf: boolean;
  readonly domains: ReadonlyMap<string, number>;
}

/** Nodes that a constraint counts: by default those of the pod's node affinity, whatever their taints. */
function countedNodes(
  { nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Ignore' }: TopologySpreadConstraint,
  { pod, tolerations }: PodState,
  nodes: readonly NodeState[],
): readonly NodeState[] {
  const matches = nodeAffinityPolicy === 'Honor' ? nodeAffinityMatcher(pod.spec) : () => true;
  return nodes.filter(
    (node) =>
      matches(node) && (nodeTaintsPolicy === 'Ignore' || untoleratedTaint(node.taints, tolerations) === undefined),
  );
}

function countPods({ pods }: NodeState, namespace: string, matches: LabelMatcher): number {
  return pods.filter(
    (each) => each.namespace === namespace && each.pod.metadata.deletionTimestamp === undefined && matches(each.labels),
  ).length;
}

function spreadOf(constraint: TopologySpreadConstraint, pod: PodState, nodes: readonly NodeState[]): Spread {
  const { labelSelector, matchLabelKeys, topologyKey } = constraint;
  const selector = withLabelKeys(labelSelector, pod.labels, matchLabelKeys);
  const matches = labelMatcher(selector);
  // A selector that is empty means every pod to itself, and counts none (podtopologyspread countPodsMatchSelector).
  const counts = selector === undefined || selectorRequirements(selector).length === 0 ? () => false : matches;
  const domains = new Map<string, number>();
  for (const node of countedNodes(constraint, pod, nodes)) {
    const domain = labelValue(node.labels, topologyKey) ?? '';
    domains.set(domain, (domains.get(domain) ?? 0) + countPods(node, pod.namespace, counts));
  }
  return { constraint, matchesSelf: matches(pod.labels), domains };
}

function rejectionBy({ constraint, matchesSelf, domains }: Spread, { labels }: NodeState): Rejection | undefined {
  const { topologyKey, maxSkew, minDomains = 1 } = constraint;
  const domain = labelValue(labels, topologyKey);
  if (domain === undefined) return unresolvable({ code: 'topology-spread-label' });
  // With fewer domains than are wanted, the emptiest counts as one without pods.
  const fewest = domains.size < minDomains ? 0 : Math.min(...domains.values());
  const skew = (domains.get(domain) ?? 0) + Number(matchesSelf) - fewest;
  return skew > maxSkew ? resolvable({ code: 'topology-spread' }) : undefined;
}

/** Pods that a selector means differ by at most `maxSkew` between domains, where that is required (PodTopologySpread). */
export const podTopologySpread: Filter = (pod, { nodes }) => {
  const constraints = (pod.pod.spec.topologySpreadConstraints ?? []).filter(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
  );
  if (constraints.length === 0) return SKIP;
  // A node that lacks the key of one constraint is left out of all of them.
  const placed = nodes.filter(({ labels }) =>
    constraints.every(({ topologyKey }) => labelValue(labels, topologyKey) !== undefined),
  );
  const spreads = constraints.map((constraint) => spreadOf(constraint, pod, placed));
  return {
    kind: 'check',
    check: (node) => {
      for (const spread of spreads) {
        const rejection = rejectionBy(spread, node);
        if (rejection) return rejection;
      }
      return undefined;
    },
  };
};
