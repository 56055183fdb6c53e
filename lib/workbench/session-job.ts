import type { JsonObject } from '../core/json.ts';
import type { Platform } from '../model/platform.ts';
import type { Profile } from '../model/profile.ts';
import { launcherJobOf, type SessionRequest } from './launcher-job-of.ts';
import { predictJob } from './predict-job.ts';
import { templateValues } from './template-values.ts';

/** The batch/v1 Job of a session: what the launcher sends to Kubernetes when a user chooses the profile. */
export function sessionJob(platform: Platform, profile: Profile, request: SessionRequest = {}): JsonObject {
  return predictJob(launcherJobOf(profile, request), templateValues(platform));
}
