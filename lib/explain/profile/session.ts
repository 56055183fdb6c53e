import type { Platform } from '../../model/platform.ts';
import type { Pool } from '../../model/pool.ts';
import type { Profile } from '../../model/profile.ts';
import { profilePool } from '../../model/session-pools.ts';
import type { Pod, PodSpec } from '../../scheduling/pod.ts';
import { matchingRules } from '../../workbench/job-rules.ts';
import type { JobRule } from '../../workbench/job-template-values.ts';
import { launcherJobOf } from '../../workbench/launcher-job-of.ts';
import { predictJob } from '../../workbench/predict-job.ts';
import { templateValues } from '../../workbench/template-values.ts';
import type { Audience } from '../audience.ts';
import type { Scene } from '../scene.ts';

/** batch/v1 Job of a session, as far as it is explained. */
export interface SessionJob {
  readonly metadata: { readonly generateName: string };
  readonly spec: {
    readonly activeDeadlineSeconds?: number;
    readonly template: {
      readonly metadata: {
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
      };
      readonly spec: PodSpec & {
        readonly serviceAccountName?: string;
        readonly schedulerName?: string;
        readonly containers: readonly { readonly name: string; readonly image: string }[];
      };
    };
  };
}

/** A session of a profile on its way from the choice in the UI to its end. */
export interface Session {
  readonly scene: Scene;
  readonly platform: Platform;
  readonly profile: Profile;
  readonly pool: Pool;
  /** For whom; missing where nobody was named. */
  readonly audience?: Audience;
  /** What the launcher will send to Kubernetes. */
  readonly job: SessionJob;
  /** Its pod, for the scheduler. */
  readonly pod: Pod;
  /** Rules of the job template that apply, and how many there are. */
  readonly rules: readonly JobRule[];
  readonly ruleCount: number;
}

/** The pod of the Job. Home directories are network volumes that every node reaches, so volumes decide nothing here. */
function podOf({ spec }: SessionJob, namespace: string): Pod {
  const { labels } = spec.template.metadata;
  const { volumes, ...rest } = spec.template.spec;
  return { metadata: { name: 'session', namespace, ...(labels ? { labels } : {}) }, spec: rest };
}

/** Follows a session of the profile through the templates. Every derived profile has a pool. */
export function followSession(scene: Scene, profile: Profile, audience?: Audience): Session {
  const { platform } = scene.bundle;
  const pool = profilePool(platform, profile);
  if (!pool) throw new Error(`Profile "${profile.name}" has no pool.`);
  const values = templateValues(platform);
  const request = launcherJobOf(profile, audience?.user === undefined ? {} : { user: audience.user });
  const job = predictJob(request, values) as unknown as SessionJob;
  return {
    scene,
    platform,
    profile,
    pool,
    ...(audience ? { audience } : {}),
    job,
    pod: podOf(job, platform.environment.workbench.sessionNamespace),
    rules: matchingRules(request, values),
    ruleCount: values.rules?.length ?? 0,
  };
}
