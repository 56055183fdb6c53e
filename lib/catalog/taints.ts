/** Every taint key that Atelier writes or must tolerate; each literal exists once. */
export const TAINTS = {
  /** Ours: the pool takes only what names it. Value: the pool. */
  dedicated: 'atelier.dev/dedicated',
  /**
   * The convention for GPU nodes. Equal to the resource name on purpose: the admission plugin ExtendedResourceToleration
   * (on in EKS) and NVIDIA's own DaemonSets know exactly this key.
   */
  gpu: 'nvidia.com/gpu',
  /** Nodes for the cluster's own add-ons. */
  criticalAddonsOnly: 'CriticalAddonsOnly',
  controlPlane: 'node-role.kubernetes.io/control-plane',
  /** Karpenter: a node that it has not yet taken for the one it launched. */
  karpenterUnregistered: 'karpenter.sh/unregistered',
  /** Karpenter: a node that it is about to remove. */
  karpenterDisrupted: 'karpenter.sh/disrupted',
  /** cluster-autoscaler: the same. */
  autoscalerToBeDeleted: 'ToBeDeletedByClusterAutoscaler',
} as const;

/** aws-node-termination-handler 1.25: taints of nodes about to go (`taintNode: true`); cluster-autoscaler's status taints. */
export const NODE_TERMINATION_TAINTS = [
  'aws-node-termination-handler/asg-lifecycle-termination',
  'aws-node-termination-handler/rebalance-recommendation',
  'aws-node-termination-handler/scheduled-maintenance',
  'aws-node-termination-handler/spot-itn',
] as const;

/** Taints by which Kubernetes itself says that a node does not take pods (k8s.io/api/core/v1 well_known_taints.go). */
export const NODE_TAINTS = {
  notReady: 'node.kubernetes.io/not-ready',
  unreachable: 'node.kubernetes.io/unreachable',
  unschedulable: 'node.kubernetes.io/unschedulable',
} as const;

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;
export type TaintEffect = (typeof TAINT_EFFECTS)[number];

/** Effects in the words of the EKS API (EKS API, Taint). */
export const EKS_TAINT_EFFECTS: Readonly<Record<TaintEffect, string>> = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
};
