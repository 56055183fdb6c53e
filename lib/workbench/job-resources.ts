import type { JsonObject } from '../core/json.ts';
import type { PodTemplateValues } from './job-template-values.ts';
import type { LauncherJob, ResourceLimitType } from './launcher-job.ts';
import { omitEmpty } from './omit-empty.ts';

/** Extended resource name of AMD's device plugin (ROCm/k8s-device-plugin, README). */
const AMD_RESOURCE = 'amd.com/gpu';
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Value of one resource limit as the launcher wrote it; of several the last counts, an empty one is none. */
function limitOf(job: LauncherJob, type: ResourceLimitType): string | undefined {
  return job.resourceLimits?.filter((limit) => limit.type === type && limit.value !== '').at(-1)?.value;
}

/** Number of GPUs the job may use. A fraction is a whole GPU; a text that is no number, or below 0, is none. */
export function gpuCount(job: LauncherJob, type: 'NVIDIA GPUs' | 'AMD GPUs'): number {
  const text = limitOf(job, type) ?? '';
  return DECIMAL.test(text) ? Math.max(0, Math.ceil(Number(text))) : 0;
}

function megabytes(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${text}M`;
}

/**
 * core/v1 ResourceRequirements of the session's container. Memory is `<n>M`, 10^6 bytes, not `Mi`. GPUs appear as
 * limits only; Kubernetes copies them to the requests. `gpuResource` is the name NVIDIA GPUs are asked for by.
 */
export function jobResources(job: LauncherJob, pod: PodTemplateValues, gpuResource: string): JsonObject {
  const requests = omitEmpty({
    cpu: limitOf(job, 'CPU Request'),
    memory: megabytes(limitOf(job, 'Memory Request')),
    'ephemeral-storage': pod.ephemeralStorage?.request,
  });
  const limits = {
    ...omitEmpty({
      cpu: limitOf(job, 'cpuCount'),
      memory: megabytes(limitOf(job, 'memory')),
      'ephemeral-storage': pod.ephemeralStorage?.limit,
      [AMD_RESOURCE]: gpuCount(job, 'AMD GPUs'),
    }),
    ...omitEmpty({ [gpuResource]: gpuCount(job, 'NVIDIA GPUs') }),
  };
  return omitEmpty({ requests, limits });
}
