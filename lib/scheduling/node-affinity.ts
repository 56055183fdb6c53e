import { labelValue } from '../core/label-selector.ts';
import { type Filter, SKIP, unresolvable } from './filter.ts';
import { NODE_NAME_FIELD, type NodeSelector, type NodeSelectorTerm, nodeSelectorMatches } from './node-selector.ts';
import type { NodeState } from './node-state.ts';
import type { PodSpec } from './pod.ts';

/** Asks whether a node has what the pod's selector and its required affinity want. */
export function nodeAffinityMatcher({ nodeSelector = {}, affinity }: PodSpec): (node: NodeState) => boolean {
  const selected = Object.entries(nodeSelector);
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return ({ name, labels }) =>
    selected.every(([key, value]) => labelValue(labels, key) === value) &&
    (required === undefined || nodeSelectorMatches(required, labels, name));
}

function namesOfTerm({ matchFields = [] }: NodeSelectorTerm): ReadonlySet<string> | undefined {
  const lists = matchFields.flatMap(({ key, operator, values = [] }) =>
    key === NODE_NAME_FIELD && operator === 'In' ? [values] : [],
  );
  const [first] = lists;
  return first && new Set(first.filter((name) => lists.every((list) => list.includes(name))));
}

/** Names of the nodes that a selector names; `undefined` where some term does not say a name, so any may do. */
function namedNodes({ nodeSelectorTerms }: NodeSelector): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const term of nodeSelectorTerms) {
    const ofTerm = namesOfTerm(term);
    if (ofTerm === undefined) return undefined;
    for (const name of ofTerm) names.add(name);
  }
  return nodeSelectorTerms.length === 0 ? undefined : names;
}

const NOT_MATCHED = unresolvable({ code: 'node-affinity' });

/** Node selector and required node affinity (NodeAffinity); a pod that names its nodes is not compared with others. */
export const nodeAffinity: Filter = ({ pod: { spec } }) => {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (required === undefined && Object.keys(spec.nodeSelector ?? {}).length === 0) return SKIP;
  const only = required && namedNodes(required);
  if (only?.size === 0) return { kind: 'refused', reason: { code: 'node-affinity-conflict' } };
  const matches = nodeAffinityMatcher(spec);
  return {
    kind: 'check',
    check: (node) => (matches(node) ? undefined : NOT_MATCHED),
    ...(only ? { only } : {}),
  };
};
