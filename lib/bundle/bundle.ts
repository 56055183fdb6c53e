import type { ChartReference } from '../catalog/charts.ts';
import type { JsonObject } from '../core/json.ts';
import type { LateValueName } from '../core/late-value.ts';
import type { SourceLocation } from '../core/source.ts';
import type { Platform } from '../model/platform.ts';
import type { Phase } from './phase.ts';

/** Where something comes from: the construct that made it, and what in the environment asked for it. */
export interface Origin {
  /** Construct path: `40-nodes/karpenter/gpu/node-pool`. */
  readonly construct: string;
  /** Place in the environment: `nodePools.gpu`. */
  readonly path: string;
  readonly source?: SourceLocation;
  /** `namespace/name` of the Helm release whose chart renders it; missing of what the Bundle holds itself. */
  readonly release?: string;
}

/** A Kubernetes object as it is applied. */
export interface Manifest extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string; readonly namespace?: string };
}

export interface BundleObject {
  readonly phase: Phase;
  readonly manifest: Manifest;
  readonly origin: Origin;
}

export interface BundleRelease {
  readonly phase: Phase;
  readonly name: string;
  readonly namespace: string;
  readonly chart: ChartReference;
  readonly values: JsonObject;
  readonly origin: Origin;
}

/** A cloud resource as plain data; what it becomes is Pulumi's business. */
export interface BundleCloudResource {
  readonly kind: string;
  readonly name: string;
  readonly spec: JsonObject;
  readonly origin: Origin;
}

/** A file written beside the manifests. */
export interface BundleFile {
  readonly path: string;
  readonly content: string;
  readonly origin: Origin;
}

/** Everything one environment becomes: plain, frozen data. Every command and Pulumi only read it. */
export interface Bundle {
  readonly format: 1;
  readonly environment: string;
  readonly platform: Platform;
  readonly objects: readonly BundleObject[];
  readonly releases: readonly BundleRelease[];
  readonly cloud: readonly BundleCloudResource[];
  readonly files: readonly BundleFile[];
  /** What only the cloud knows once it is made, and objects or values wait for; sorted. */
  readonly lateValues: readonly LateValueName[];
  /** What the environment says and the chosen parts do not enforce, or not always, and what it costs: whole sentences for people. */
  readonly notes: readonly string[];
}
