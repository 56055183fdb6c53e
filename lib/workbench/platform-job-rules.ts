import { ANNOTATIONS } from '../catalog/annotations.ts';
import { LABELS } from '../catalog/labels.ts';
import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import { gpuResourceName, migResource } from '../model/gpu-devices.ts';
import type { Platform } from '../model/platform.ts';
import { migDeviceLabel, type Pool } from '../model/pool.ts';
import type { Profile } from '../model/profile.ts';
import { profilePool, sessionPools } from '../model/session-pools.ts';
import type { JobRule } from './job-template-values.ts';

/** Whoever is drawn to the pool is let in; with GPUs in it, only who asks for one: others would keep its nodes up. */
function poolRule(pool: Pool): JobRule {
  const resource = gpuResourceName(pool.spec.sharing, undefined);
  return {
    constraint: pool.constraint,
    ...(pool.gpuModel === undefined ? {} : { gpu: 'required' }),
    tolerations: pool.tolerations,
    ...(pool.gpuModel === undefined || resource === GPU_RESOURCE ? {} : { gpuResource: resource }),
  };
}

function migRules(pools: readonly Pool[]): readonly JobRule[] {
  const profiles = pools.flatMap(({ spec: { sharing } }) =>
    sharing.kind === 'mig' && sharing.strategy === 'mixed' ? Object.keys(sharing.layout) : [],
  );
  return [...new Set(profiles)].map((profile) => ({
    constraint: migDeviceLabel(profile),
    gpu: 'required',
    gpuResource: migResource(profile),
  }));
}

/** What keeps autoscalers from taking the node under the session; idle time and lifetime are not theirs. */
function annotations(platform: Platform, profile: Profile): Readonly<Record<string, string>> {
  const guarded = profile.spec.protected && profilePool(platform, profile)?.elastic === true;
  return guarded ? { [ANNOTATIONS.karpenterDoNotDisrupt]: 'true', [ANNOTATIONS.autoscalerSafeToEvict]: 'false' } : {};
}

function profileRule(platform: Platform, profile: Profile): JobRule {
  const { maxLifetime } = profile.spec;
  return {
    constraint: profile.marker,
    labels: { [LABELS.sessionProfile]: profile.name },
    annotations: annotations(platform, profile),
    ...(profile.priorityClass === '' ? {} : { priorityClassName: profile.priorityClass }),
    ...(profile.schedulerName === undefined ? {} : { schedulerName: profile.schedulerName }),
    ...(maxLifetime === undefined ? {} : { activeDeadlineSeconds: maxLifetime }),
  };
}

/**
 * How the constraints of a session profile become scheduling rules: one rule for each pool of sessions (tolerations, GPU
 * resource), each MIG device (its resource, after the pool's) and each profile (label, priority, scheduler, protection, lifetime).
 */
export function jobRules(platform: Platform): readonly JobRule[] {
  const pools = sessionPools(platform);
  return [
    ...pools.map(poolRule),
    ...migRules(pools),
    ...platform.profiles.map((profile) => profileRule(platform, profile)),
  ];
}
