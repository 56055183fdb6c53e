import type { JsonObject } from '../core/json.ts';
import type { PlacementConstraint } from '../model/pool.ts';
import type { Toleration } from '../model/taint.ts';
import type { ObjectMetadata } from './launcher-job.ts';

/**
 * `launcher.templateValues` of the chart rstudio-workbench 0.22.0, which it dumps as JSON into the templates' data.
 * `rules` and `ruleConstraints` are ours; the chart passes unknown keys through. No text in here may hold `{{`: the
 * data itself is parsed as a template.
 */
export interface JobTemplateValues {
  readonly service?: ObjectMetadata & {
    /** @default ClusterIP */
    readonly type?: string;
  };
  readonly job?: ObjectMetadata & {
    /** Seconds a finished Job stays. Nothing and 0: until the launcher removes it (`job-expiry-hours`). */
    readonly ttlSecondsAfterFinished?: number | null;
  };
  readonly pod?: PodTemplateValues;
  /** Applied in order to the jobs they fit; maps merge, lists grow, of single values the last stays. */
  readonly rules?: readonly JobRule[];
  /** Names of placement constraints that only choose rules and never become a node selector. */
  readonly ruleConstraints?: readonly string[];
}

/** What changes on a job with a certain placement constraint; WB-2. */
export interface JobRule {
  /** Applies to jobs that have this placement constraint, name and value. */
  readonly constraint: PlacementConstraint;
  /** Applies only with (`required`) or only without (`forbidden`) a limit of NVIDIA GPUs. @default both */
  readonly gpu?: 'required' | 'forbidden';
  /** Added to the pod, each once. */
  readonly tolerations?: readonly Toleration[];
  /** Merged over the pod's node selector, the user's constraints included. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Merged over the labels of the pod, not of the Job. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Merged over the annotations of the pod, not of the Job. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly priorityClassName?: string;
  readonly schedulerName?: string;
  /** Resource that the job's number of NVIDIA GPUs asks for. @default nvidia.com/gpu */
  readonly gpuResource?: string;
  /** Longest life of the session in seconds, at least 1, counted from its start (batch/v1 JobSpec). */
  readonly activeDeadlineSeconds?: number;
}

/** What every session's pod gets. Objects of lists are those of core/v1 PodSpec. */
export interface PodTemplateValues extends ObjectMetadata {
  /** @default none; the job's own goes first */
  readonly serviceAccountName?: string;
  readonly volumes?: readonly JsonObject[];
  readonly volumeMounts?: readonly JsonObject[];
  readonly env?: readonly JsonObject[];
  readonly imagePullPolicy?: string;
  readonly imagePullSecrets?: readonly JsonObject[];
  readonly initContainers?: readonly JsonObject[];
  readonly extraContainers?: readonly JsonObject[];
  /** Of the session's container; capabilities of the job are added. */
  readonly containerSecurityContext?: JsonObject;
  /** Of the pod, below what the launcher says (user, group, supplementary groups). */
  readonly defaultSecurityContext?: JsonObject;
  /** Of the pod, above what the launcher says. */
  readonly securityContext?: JsonObject;
  readonly tolerations?: readonly Toleration[];
  readonly affinity?: JsonObject;
  /** Wins over the user's placement constraints: the way to enforce a placement (rstudio/helm #223). */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly hostAliases?: readonly JsonObject[];
  readonly priorityClassName?: string;
  /** @default false */
  readonly enableServiceLinks?: boolean;
  /** Leave out the annotation `stdin`, which shows the session's environment to all who read pods. @default false */
  readonly suppressStdinAnnotation?: boolean;
  /** Quantities; an empty text is none. */
  readonly ephemeralStorage?: { readonly request?: string; readonly limit?: string };
  /** Replaces the executable, or the shell of a shell command, of every session. */
  readonly command?: readonly string[];
}
