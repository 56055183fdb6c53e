import { NODE_TAINTS } from '../catalog/taints.ts';
import type { NodeTaint } from './node.ts';
import type { PodToleration } from './pod.ts';

/**
 * Whether the toleration covers the taint (k8s.io/api v0.36 core/v1 ToleratesTaint). Without key or effect it covers
 * every one. `Gt` and `Lt` cover nothing: their gate TaintTolerationComparisonOperators is off in Kubernetes 1.36.
 */
export function tolerates(toleration: PodToleration, taint: NodeTaint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? 'Equal') {
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '');
    case 'Exists':
      return true;
    case 'Gt':
    case 'Lt':
      return false;
  }
}

/** Adds what admission adds: five minutes on a node that is not ready or not reached (DefaultTolerationSeconds). */
export function admittedTolerations(own: readonly PodToleration[] = []): readonly PodToleration[] {
  const added = [NODE_TAINTS.notReady, NODE_TAINTS.unreachable].filter(
    (key) => !own.some((each) => (!each.key || each.key === key) && (!each.effect || each.effect === 'NoExecute')),
  );
  return [...own, ...added.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute' }) as const)];
}

/** The first taint that keeps the pod away; one that only discourages does not. */
export function untoleratedTaint(
  taints: readonly NodeTaint[],
  tolerations: readonly PodToleration[],
): NodeTaint | undefined {
  return taints.find(
    (taint) => taint.effect !== 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}
