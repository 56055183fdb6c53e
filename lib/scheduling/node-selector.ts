import { type Labels, labelValue, requirementMatches } from '../core/label-selector.ts';

export interface NodeSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values?: readonly string[];
}

/** Its requirements hold together; a term without any matches no node. */
export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly NodeSelectorRequirement[];
  readonly matchFields?: readonly NodeSelectorRequirement[];
}

/** core/v1 NodeSelector: one term is enough. */
export interface NodeSelector {
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
}

/** The only field of a node that selectors may name. */
export const NODE_NAME_FIELD = 'metadata.name';

const INTEGER = /^[+-]?\d+$/;

function compareIntegers(label: string | undefined, values: readonly string[]): number | undefined {
  const [limit] = values;
  if (label === undefined || limit === undefined || values.length !== 1) return undefined;
  if (!INTEGER.test(label) || !INTEGER.test(limit)) return undefined;
  const [a, b] = [BigInt(label.replace('+', '')), BigInt(limit.replace('+', ''))];
  return a < b ? -1 : Number(a > b);
}

function nodeRequirementMatches({ key, operator, values = [] }: NodeSelectorRequirement, labels: Labels): boolean {
  switch (operator) {
    case 'Gt':
      return compareIntegers(labelValue(labels, key), values) === 1;
    case 'Lt':
      return compareIntegers(labelValue(labels, key), values) === -1;
    default:
      return requirementMatches({ key, operator, values }, labels);
  }
}

function termMatches(term: NodeSelectorTerm, labels: Labels, name: string | undefined): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  if (!matchExpressions.every((requirement) => nodeRequirementMatches(requirement, labels))) return false;
  // Without a name there are no fields, and none is asked (k8s.io/component-helpers nodeaffinity, term.match).
  if (name === undefined) return true;
  return matchFields.every((requirement) => nodeRequirementMatches(requirement, { [NODE_NAME_FIELD]: name }));
}

/** Whether a node with these labels, and this name where it is known, is selected. */
export function nodeSelectorMatches({ nodeSelectorTerms }: NodeSelector, labels: Labels, name?: string): boolean {
  return nodeSelectorTerms.some((term) => termMatches(term, labels, name));
}
