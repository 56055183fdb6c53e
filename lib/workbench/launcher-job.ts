import type { JsonObject } from '../core/json.ts';

/** Label by which a launcher finds its own jobs and pods again. */
export const INSTANCE_LABEL = 'launcher-instance-id';
/** Label of a Job's pods, set by Kubernetes; the Service of a session selects by it. */
export const JOB_NAME_LABEL = 'job-name';

/**
 * The data a Workbench launcher hands to `job.tpl` and `service.tpl` as `.Job` (data format 2.5.0).
 * Names and optionality: `files/job.tpl` of chart rstudio-workbench 0.22.0 and `sdk/include/api/Job.hpp` of
 * rstudio-launcher-plugin-sdk. Everything a user typed is in here, so no text of it may be trusted.
 */
export interface LauncherJob {
  /** Name the Job got; known to `service.tpl` alone, empty in `job.tpl`. */
  readonly id?: string;
  /** Name of the Service to make. */
  readonly serviceName?: string;
  /** The launcher that owns the job; becomes the label `launcher-instance-id`. */
  readonly instanceId?: string;
  /** Prefix of the Job's name. */
  readonly generateName: string;
  /** What the user calls it. */
  readonly name: string;
  readonly user: string;
  readonly tags?: readonly string[];
  /** Written to the process; holds the environment of the session, secrets included. */
  readonly stdin?: string;
  /** Ports as JSON text, for the launcher to read back. */
  readonly servicePortsJson?: string;
  readonly metadata?: LauncherJobMetadata;
  /** Node the job must run on. */
  readonly host?: string;
  readonly serviceAccountName?: string;
  readonly shareProcessNamespace?: boolean;
  readonly workingDirectory?: string;
  /** Shell command; excludes `exe`. */
  readonly command?: string;
  /** Executable; excludes `command`. */
  readonly exe?: string;
  readonly args?: readonly string[];
  readonly environment?: readonly EnvironmentVariable[];
  readonly config?: readonly LauncherJobConfig[];
  readonly exposedPorts?: readonly ExposedPort[];
  /** core/v1 Volume. */
  readonly volumes?: readonly JsonObject[];
  /** core/v1 VolumeMount. */
  readonly volumeMounts?: readonly JsonObject[];
  readonly placementConstraints?: readonly ChosenConstraint[];
  readonly resourceLimits?: readonly LauncherResourceLimit[];
  readonly container: LauncherContainer;
  readonly initContainers?: readonly LauncherInitContainer[];
}

/** Labels and annotations that whoever submitted the job asked for. */
export interface LauncherJobMetadata {
  readonly job?: ObjectMetadata;
  readonly service?: ObjectMetadata;
  readonly pod?: ObjectMetadata & {
    /** core/v1 Container. */
    readonly initContainers?: readonly JsonObject[];
  };
}

/** Labels and annotations of one object. */
export interface ObjectMetadata {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** One environment variable; without `value` it is empty. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
}

/** A custom setting of the job. The only one a template reads is `secret`: `SECRET:KEY:VARIABLE`. */
export interface LauncherJobConfig {
  readonly name: string;
  readonly value?: string;
}

/** A port of the session, 1 to 65535. */
export interface ExposedPort {
  readonly targetPort: number;
  /** Port of the node; where it is missing the port belongs to the Service. */
  readonly publishedPort?: number;
  /** @default TCP */
  readonly protocol?: string;
}

/** A placement constraint the user, or the resource profile, chose. A free text may be left blank. */
export interface ChosenConstraint {
  readonly name: string;
  readonly value?: string;
}

/**
 * Types of resource limits. CPU in cores, memory in megabytes (10^6 bytes), GPUs as a count; the launcher also writes
 * decimals such as `"1.000000"` (rstudio/helm #583).
 */
export type ResourceLimitType =
  | 'cpuCount'
  | 'CPU Request'
  | 'memory'
  | 'Memory Request'
  | 'NVIDIA GPUs'
  | 'AMD GPUs'
  | 'cpuTime'
  | 'memorySwap';

/** One limit; an empty value is none, of several of one type the last counts. */
export interface LauncherResourceLimit {
  readonly type: ResourceLimitType;
  readonly value: string;
}

/** The session's container. User and group ids of 0 count as not given, as upstream. */
export interface LauncherContainer {
  readonly image: string;
  readonly runAsUserId?: number;
  readonly runAsGroupId?: number;
  readonly supplementalGroupIds?: readonly number[];
  readonly capabilitiesAdd?: readonly string[];
  readonly capabilitiesDrop?: readonly string[];
}

/** A container that runs before the session, such as the one that brings Workbench's own programs. */
export interface LauncherInitContainer {
  readonly name: string;
  readonly image: string;
  /** Shell command; goes before `exe`. */
  readonly command?: string;
  readonly exe?: string;
  readonly args?: readonly string[];
  readonly environment?: readonly EnvironmentVariable[];
  /** core/v1 VolumeMount. */
  readonly mounts?: readonly JsonObject[];
}
