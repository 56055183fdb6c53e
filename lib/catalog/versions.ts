/**
 * Versions that Atelier is written for and tested with. A cluster with another one gets a warning, never a refusal.
 * Minor versions where the patch level does not matter.
 */
export const TARGET_VERSIONS = {
  kubernetes: '1.36',
  /** Runs Kubernetes 1.36 from 1.13 on (Karpenter compatibility matrix). */
  karpenter: '1.14',
  /** Image of cluster-autoscaler; its minor version is that of the cluster. */
  clusterAutoscaler: '1.36.1',
  /** Serves policies.kyverno.io/v1. */
  kyverno: '1.19',
  /** Hierarchical namespaces; archived upstream, therefore a backend and not the model. */
  hnc: '1.1.0',
  capsule: '0.14',
  /** Serves kueue.x-k8s.io/v1beta2. */
  kueue: '0.18',
  kwok: '0.8',
  gpuOperator: '26.7',
  zeroToJupyterHub: '4.4',
} as const;

/** A part of the platform whose version matters. */
export type VersionedPart = keyof typeof TARGET_VERSIONS;
