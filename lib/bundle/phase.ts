/** The order in which everything is applied; also the folders below `dist/<environment>/`. */
export const PHASES = [
  '00-crds',
  '10-foundation',
  '20-controllers',
  '30-policies',
  '40-nodes',
  '50-tenants',
  '60-workloads',
  '70-monitoring',
  '80-warm-capacity',
] as const;
export type Phase = (typeof PHASES)[number];
