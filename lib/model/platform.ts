import { type AccessSection, accessSections } from './access.ts';
import type { Environment } from './environment.ts';
import { type PlatformNamespace, platformNamespaces } from './namespaces.ts';
import { derivePool, type Pool } from './pool.ts';
import { deriveProfile, type Profile } from './profile.ts';
import { deriveSpark, type Spark } from './spark-pods.ts';
import type { Toleration } from './taint.ts';
import { type TenantNode, tenantTree } from './tenant-tree.ts';

/** An environment with everything that follows from it: the one place all constructs and checks read facts from. */
export interface Platform {
  readonly environment: Environment;
  readonly pools: readonly Pool[];
  readonly profiles: readonly Profile[];
  /** Only where the environment has Spark. */
  readonly spark?: Spark;
  readonly access: readonly AccessSection[];
  readonly tenants: readonly TenantNode[];
  readonly namespaces: readonly PlatformNamespace[];
  /** Every GPU device name that some pool advertises, sorted: `nvidia.com/gpu`, `nvidia.com/mig-1g.5gb`. */
  readonly deviceResources: readonly string[];
}

/** Derives the platform. The references of the environment must hold (`consistencyProblems` found nothing). */
export function derivePlatform(environment: Environment): Platform {
  const pools = environment.nodePools.map((pool, index) => derivePool(environment, pool, ['nodePools', index]));
  const byName = new Map(pools.map((pool) => [pool.name, pool]));
  const profiles = environment.sessionProfiles.flatMap((profile, index) => {
    const pool = byName.get(profile.pool);
    return pool ? [deriveProfile(environment, profile, pool, ['sessionProfiles', index])] : [];
  });
  const spark = deriveSpark(environment, pools);
  const devices = pools.flatMap((pool) => pool.nodes.flatMap((node) => Object.keys(node.devices)));
  return {
    environment,
    pools,
    profiles,
    ...(spark === undefined ? {} : { spark }),
    access: accessSections(environment),
    tenants: tenantTree(environment),
    namespaces: platformNamespaces(environment),
    deviceResources: [...new Set(devices)].sort(),
  };
}

/** Tolerations of a DaemonSet that must run on all these pools, also while a node starts: each taint once. */
export function daemonTolerations(platform: Platform, pools: readonly Pool[]): readonly Toleration[] {
  const startup: readonly Toleration[] = [
    ...platform.environment.startupTaints,
    ...platform.environment.statusTaints,
  ].map((taint) => ({
    key: taint.key,
    operator: 'Exists',
    effect: taint.effect,
  }));
  // A dedicated pool's taint differs by value only, so one toleration of the key covers all pools, also later ones.
  const pool: readonly Toleration[] = pools.flatMap((each) =>
    each.taints.map((taint) => ({ key: taint.key, operator: 'Exists' as const, effect: taint.effect })),
  );
  const unique = new Map(
    [...pool, ...startup].map((toleration) => [`${toleration.key} ${toleration.effect}`, toleration]),
  );
  return [...unique.values()];
}

/** Pools whose nodes have GPUs. */
export function gpuPools(platform: Platform): readonly Pool[] {
  return platform.pools.filter((pool) => pool.gpuModel !== undefined);
}

/** Where the platform's own controllers run: tolerations and selector of the system pools, if there are any. */
export function systemPlacement(platform: Platform): {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
} {
  const pools = platform.pools.filter((pool) => pool.spec.role === 'system');
  const [pool, ...others] = pools;
  return {
    nodeSelector: pool && others.length === 0 ? { [pool.constraint.name]: pool.constraint.value } : {},
    tolerations: daemonTolerations(platform, pools).filter((toleration) =>
      pools.some((each) => each.taints.some((taint) => taint.key === toleration.key)),
    ),
  };
}
