import { findInstanceType } from '../catalog/instance-types.ts';
import { formatBytes, formatMillicpu, MiB } from '../core/quantity.ts';
import type { PoolNode } from '../model/pool.ts';
import type { Ec2Pool } from './node-source.ts';

/**
 * All memory that EC2 advertises. Karpenter counts what nodes report, which is more than it planned with; a limit made
 * of planned sizes would keep the last node from being launched (Karpenter 1.14 scheduler.go, filterByRemainingResources).
 */
function advertisedMemory(node: PoolNode): number {
  return (findInstanceType(node.type)?.memoryMiB ?? 0) * MiB || node.capacity.memoryBytes;
}

const most = (nodes: readonly PoolNode[], of: (node: PoolNode) => number): number => Math.max(0, ...nodes.map(of));

/** The pool's most nodes, and what that many of its largest nodes have: CPU, memory, every device by name. */
export function karpenterLimits({ pool }: Ec2Pool): Readonly<Record<string, string>> {
  const { nodes, max } = pool;
  const devices = [...new Set(nodes.flatMap((node) => Object.keys(node.devices)))].sort();
  return {
    nodes: String(max),
    cpu: formatMillicpu(max * most(nodes, (node) => node.capacity.millicpu)),
    memory: formatBytes(max * most(nodes, advertisedMemory)),
    ...Object.fromEntries(
      devices.map((device) => [device, String(max * most(nodes, (node) => node.devices[device] ?? 0))]),
    ),
  };
}
