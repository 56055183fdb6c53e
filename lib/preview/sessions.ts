import type { BundleContents } from '../bundle/contents.ts';

/** Profiles whose sessions run on a pool: those an autoscaler leaves alone, and the others. */
export interface PoolSessions {
  readonly protectedOnes: readonly string[];
  readonly unprotected: readonly string[];
}

/** The session profiles of a pool; none where the facts of the platform are not known. */
export function sessionsOn({ platform }: BundleContents, pool: string): PoolSessions {
  const profiles = platform?.profiles.filter((profile) => profile.pool === pool) ?? [];
  // Executors are made to be lost; a driver takes its whole job with it, and is protected like a session.
  const drivers = platform?.spark?.driver.pool === pool ? ['Spark drivers'] : [];
  return {
    protectedOnes: [...profiles.filter(({ spec }) => spec.protected).map(({ name }) => name), ...drivers],
    unprotected: profiles.filter(({ spec }) => !spec.protected).map(({ name }) => name),
  };
}
