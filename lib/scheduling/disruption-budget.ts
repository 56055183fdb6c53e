import { type LabelSelector, labelMatcher, selectorRequirements } from '../core/label-selector.ts';
import type { PodState } from './pod-state.ts';

/** policy/v1 PodDisruptionBudget. */
export interface DisruptionBudget {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: { readonly selector?: LabelSelector };
  readonly status?: {
    /** Pods that may still be ended. @default 0 */
    readonly disruptionsAllowed?: number;
    /** Pods whose end is under way, by name. */
    readonly disruptedPods?: Readonly<Record<string, string>>;
  };
}

/** Whether a budget counts the pod; one with an empty selector counts none (defaultpreemption). */
function covers({ metadata, spec: { selector }, status }: DisruptionBudget, pod: PodState): boolean {
  if ((metadata.namespace ?? 'default') !== pod.namespace || Object.keys(pod.labels).length === 0) return false;
  if (selector === undefined || selectorRequirements(selector).length === 0) return false;
  return labelMatcher(selector)(pod.labels) && !(pod.name in (status?.disruptedPods ?? {}));
}

/** Those whose end, one after the other in this order, breaks a budget, and the others; both in the order given. */
export function splitByBudgets(
  pods: readonly PodState[],
  budgets: readonly DisruptionBudget[],
): { readonly violating: readonly PodState[]; readonly others: readonly PodState[] } {
  const left = new Map(budgets.map((budget) => [budget, budget.status?.disruptionsAllowed ?? 0]));
  const violating: PodState[] = [];
  const others: PodState[] = [];
  for (const pod of pods) {
    let violates = false;
    for (const budget of budgets) {
      if (!covers(budget, pod)) continue;
      const allowed = (left.get(budget) ?? 0) - 1;
      left.set(budget, allowed);
      if (allowed < 0) violates = true;
    }
    (violates ? violating : others).push(pod);
  }
  return { violating, others };
}
