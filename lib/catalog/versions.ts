/**
 * Versions that Atelier is tested against. Data, not a gate: another version warns and goes on, because users upgrade
 * before we do. Versions of charts stand in charts.ts.
 */
export const TARGET_VERSIONS = {
  kubernetes: '1.36',
  /** Images of Kubernetes' own programs on a cluster of that version. */
  kubernetesPatch: '1.36.3',
  /** Image of cluster-autoscaler; its minor version is that of the cluster (cluster-autoscaler README, "Releases"). */
  clusterAutoscaler: '1.36.1',
  /** Major version of PostgreSQL in RDS; Workbench wants 13 or later (Posit, "PostgreSQL requirements"). */
  postgresql: '17',
} as const;

/** The patch release to take for a minor version: the tested one, or the first, which every minor version has. */
export function patchRelease(minor: string, tested: string): string {
  return tested.startsWith(`${minor}.`) ? tested : `${minor}.0`;
}
