import type { Platform } from '../../model/platform.ts';
import type { Pool } from '../../model/pool.ts';
import type { Profile } from '../../model/profile.ts';

/** Profiles whose sessions run on the pool. */
export function sessionsOf(platform: Platform, { name }: Pool): readonly Profile[] {
  return platform.profiles.filter(({ pool }) => pool === name);
}

/** Whether Karpenter launches and removes the nodes. It leaves system pools alone, because it runs there itself. */
export function runByKarpenter({ environment }: Platform, { spec, elastic }: Pool): boolean {
  return environment.autoscaler.kind === 'karpenter' && elastic && spec.role !== 'system';
}
