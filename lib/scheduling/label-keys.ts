import { type LabelSelector, type LabelSelectorRequirement, type Labels, labelValue } from '../core/label-selector.ts';

/**
 * The selector that the API server makes of one with `matchLabelKeys` and `mismatchLabelKeys`: the pod's own values join
 * it; keys the pod lacks, and selectors that are absent, stay as they are (Kubernetes 1.36 pkg/registry/core/pod/strategy.go).
 */
export function withLabelKeys(
  selector: LabelSelector | undefined,
  labels: Labels,
  match: readonly string[] = [],
  mismatch: readonly string[] = [],
): LabelSelector | undefined {
  if (selector === undefined || (match.length === 0 && mismatch.length === 0)) return selector;
  const requirements = (keys: readonly string[], operator: 'In' | 'NotIn'): readonly LabelSelectorRequirement[] =>
    keys.flatMap((key) => {
      const value = labelValue(labels, key);
      return value === undefined ? [] : [{ key, operator, values: [value] }];
    });
  return {
    ...selector,
    matchExpressions: [
      ...(selector.matchExpressions ?? []),
      ...requirements(match, 'In'),
      ...requirements(mismatch, 'NotIn'),
    ],
  };
}
