import { describeBytes, formatMillicpu } from '../../core/quantity.ts';
import { count } from '../../core/words.ts';
import type { PodDemand } from '../../model/pod-demand.ts';
import type { Pool, PoolNode } from '../../model/pool.ts';
import { deviceName } from '../../model/tenant-quota.ts';
import type { Placement } from './placement.ts';
import type { Starter } from './starter.ts';

/** `12 GB` where it was said so, else `13.8 GiB`. */
export function describeMemory(bytes: number): string {
  return bytes > 0 && bytes % 1e9 === 0 ? `${bytes / 1e9} GB` : describeBytes(bytes);
}

/** `2 × gpu`, `1 × mig-1g.5gb`. */
export function describeDevice(resource: string, number: number): string {
  return `${number} × ${deviceName(resource)}`;
}

/** `3 CPU, 12 GB, 1 × gpu`: what one pod sets aside. */
export function describeDemand({ millicpu, memoryBytes, gpu }: PodDemand): string {
  const device = gpu ? [describeDevice(gpu.resource, gpu.count)] : [];
  return [`${formatMillicpu(millicpu)} CPU`, describeMemory(memoryBytes), ...device].join(', ');
}

/** `0.80 USD/h`. */
export function describePrice(usdPerHour: number | undefined): string {
  return usdPerHour === undefined ? '' : `${usdPerHour.toFixed(2)} USD/h`;
}

/** `0 to 20 nodes`; `4 nodes` where their number does not change. */
export function describeSize({ elastic, min, max }: Pool): string {
  return elastic && min !== max ? `${min} to ${count(max, 'node')}` : count(max, 'node');
}

/** `L4`; with the way the GPUs are shared, where they are. */
export function describeGpu({ gpuModel = '', spec: { sharing } }: Pool): string {
  switch (sharing.kind) {
    case 'exclusive':
      return gpuModel;
    case 'time-slicing':
      return `${gpuModel}, ${sharing.replicas} share one`;
    case 'mig':
      return `${gpuModel} in MIG`;
  }
}

export function isSpot({ spec: { capacity } }: Pool): boolean {
  return capacity.kind === 'ec2' && capacity.capacityTypes.includes('spot');
}

/** What pods can have of an empty node, DaemonSets subtracted. */
export function usable(
  { overhead }: Pool,
  { allocatable }: PoolNode,
): { readonly cpu: string; readonly memory: string } {
  return {
    cpu: (Math.max(0, allocatable.millicpu - overhead.millicpu) / 1000).toFixed(1),
    memory: describeBytes(Math.max(0, allocatable.memoryBytes - overhead.memoryBytes)),
  };
}

/** `16 × mig-1g.5gb, 8 × mig-2g.10gb`; empty without GPUs. */
export function describeDevices({ devices }: PoolNode): string {
  return Object.entries(devices)
    .map(([resource, number]) => describeDevice(resource, number))
    .join(', ');
}

/**
 * What comes first where its pool has no node: `From zero: g6.xlarge, 0.80 USD/h, room for 1`; where nodes exist, how many
 * one has room for; `undefined` where none takes it.
 */
export function describeFirst({ starter, reaches }: Placement): string | undefined {
  const own = reaches.find(({ pool }) => pool.name === starter.demand.pool);
  if (!own) return undefined;
  const { first, perNode, pool } = own;
  const price = describePrice(first.usdPerHour);
  if (pool.spec.capacity.kind === 'static') return `A node has room for ${perNode}`;
  return `From zero: ${[first.type, ...(price ? [price] : []), `room for ${perNode}`].join(', ')}`;
}

/** Who is offered a session profile: `everyone`, or groups and users; for Spark, whose workspaces run it. */
export function describeAudience({ profile }: Starter): string {
  if (!profile) return 'workspaces with Spark';
  const { offeredTo } = profile.spec;
  if (offeredTo === 'everyone') return 'everyone';
  return [...offeredTo.groups, ...offeredTo.users].join(', ') || 'nobody';
}
