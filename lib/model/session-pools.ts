import type { Platform } from './platform.ts';
import type { Pool } from './pool.ts';
import type { Profile } from './profile.ts';

/** Pools that some session profile runs on, in the order of the environment. */
export function sessionPools(platform: Platform): readonly Pool[] {
  return platform.pools.filter((pool) => platform.profiles.some((profile) => profile.pool === pool.name));
}

/** The pool a profile runs on; every derived profile has one. */
export function profilePool(platform: Platform, profile: Profile): Pool | undefined {
  return platform.pools.find((pool) => pool.name === profile.pool);
}
