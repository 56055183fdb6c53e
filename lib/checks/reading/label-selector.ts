import { type LabelSelector, type Labels, labelMatcher, labelValue } from '../../core/label-selector.ts';

/** Whether every pair of the map stands among the labels: how a Service and `matchLabels` select. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labelValue(labels, key) === value);
}

/** Whether the selector takes these labels; an empty one takes all. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return labelMatcher(selector)(labels);
}

/** Whether the selector names nothing, and so takes everything. */
export function selectsAll({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** `app=web, tier in (a, b)`, for messages. */
export function describeSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) =>
      values ? `${key} ${operator} (${values.join(', ')})` : `${key} ${operator}`,
    ),
  ].join(', ');
}
