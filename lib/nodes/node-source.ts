import type { EksCluster } from '../model/cluster.ts';
import type { Ec2Capacity, StaticCapacity } from '../model/node-pool.ts';
import type { Platform } from '../model/platform.ts';
import type { Pool } from '../model/pool.ts';

/** A pool whose nodes EC2 launches, with the cluster they join. */
export interface Ec2Pool {
  readonly pool: Pool;
  readonly capacity: Ec2Capacity;
  readonly cluster: EksCluster;
  /** Zones the pool may use: its own choice, or all of the cluster's. */
  readonly zones: readonly string[];
}

/** A pool of nodes that exist. */
export interface StaticPool {
  readonly pool: Pool;
  readonly capacity: StaticCapacity;
}

/** The pool, where it is one of EC2 on EKS. */
function ec2Pool({ environment: { cluster } }: Platform, pool: Pool): Ec2Pool | undefined {
  const { capacity } = pool.spec;
  if (capacity.kind !== 'ec2' || cluster.kind !== 'eks') return undefined;
  return { pool, capacity, cluster, zones: capacity.zones ?? cluster.zones };
}

/**
 * Pools that Karpenter launches nodes for: all of EC2 but the system pools. Karpenter must not run on nodes of its own
 * making, because nobody would launch the node it waits for (Karpenter 1.14 chart, affinity).
 */
export function karpenterPools(platform: Platform): readonly Ec2Pool[] {
  if (platform.environment.autoscaler.kind !== 'karpenter') return [];
  return platform.pools.filter(({ spec }) => spec.role !== 'system').flatMap((pool) => ec2Pool(platform, pool) ?? []);
}

/** Pools that become EKS managed node groups: with Karpenter the system pools, otherwise all of EC2. */
export function managedPools(platform: Platform): readonly Ec2Pool[] {
  const karpenter = platform.environment.autoscaler.kind === 'karpenter';
  return platform.pools
    .filter(({ spec }) => !karpenter || spec.role === 'system')
    .flatMap((pool) => ec2Pool(platform, pool) ?? []);
}

export function staticPools({ pools }: Platform): readonly StaticPool[] {
  return pools.flatMap((pool) =>
    pool.spec.capacity.kind === 'static' ? [{ pool, capacity: pool.spec.capacity }] : [],
  );
}
