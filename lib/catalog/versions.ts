/**
 * Versions that Atelier is tested against. Data, not a gate: another version warns and goes on, because users upgrade
 * before we do. Versions of charts stand in charts.ts.
 */
export const TARGET_VERSIONS = {
  kubernetes: '1.36',
  /** Image of cluster-autoscaler; its minor version is that of the cluster (cluster-autoscaler README, "Releases"). */
  clusterAutoscaler: '1.36.1',
} as const;
