/** Thousandths of a CPU: above what 24 vCPUs leave for pods, below what 32 do. There is nothing in between. */
const LARGE_MILLICPU = 28_000;

/** What the same machine offers in a managed node group: EKS lets 110 pods onto it, or 250 from 30 vCPUs on. */
export function inManagedGroup(allocatable: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const { cpu = 0, pods = 0 } = allocatable;
  return { ...allocatable, pods: Math.min(pods, cpu > LARGE_MILLICPU ? 250 : 110) };
}
