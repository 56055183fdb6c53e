import { type LabelMatcher, type Labels, labelMatcher } from '../core/label-selector.ts';
import { withLabelKeys } from './label-keys.ts';
import type { Pod, PodAffinity, PodAffinityTerm } from './pod.ts';

/** A required term of pod affinity or anti-affinity, ready to be asked. */
export interface AffinityTerm {
  readonly topologyKey: string;
  /** Whether it means a pod with these labels in this namespace, whose own labels are given. */
  readonly matches: (namespace: string, labels: Labels, namespaceLabels: Labels) => boolean;
}

/** A term that says nothing of namespaces means the pod's own (k8s.io/kube-scheduler newAffinityTerm). */
function readTerm(term: PodAffinityTerm, ownNamespace: string, ownLabels: Labels): AffinityTerm {
  const { namespaces = [], namespaceSelector, topologyKey, labelSelector, matchLabelKeys, mismatchLabelKeys } = term;
  const ownOnly = namespaces.length === 0 && namespaceSelector === undefined;
  const names = new Set(ownOnly ? [ownNamespace] : namespaces);
  const inNamespace: LabelMatcher = labelMatcher(namespaceSelector);
  const selects = labelMatcher(withLabelKeys(labelSelector, ownLabels, matchLabelKeys, mismatchLabelKeys));
  return {
    topologyKey,
    matches: (namespace, labels, namespaceLabels) =>
      (names.has(namespace) || inNamespace(namespaceLabels)) && selects(labels),
  };
}

/** The required terms of a pod's affinity or anti-affinity. */
export function affinityTerms(
  affinity: PodAffinity | undefined,
  { metadata: { namespace = 'default', labels = {} } }: Pod,
): readonly AffinityTerm[] {
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.map((term) => readTerm(term, namespace, labels));
}
