import type { JsonObject } from '../core/json.ts';

/** A resource as Pulumi would apply it, or has. */
export interface AppliedResource {
  readonly urn: string;
  /** Type token: `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** Logical name, the last part of the URN. */
  readonly name: string;
  /** Whether a provider makes it; components only group others. */
  readonly custom: boolean;
  /** What the provider is given; values may be wrapped (`pulumi-value.ts`). */
  readonly inputs: JsonObject;
}

/** Everything that a plan would apply, or that a state says was applied. */
export interface Applied {
  readonly source: 'plan' | 'state';
  /** Missing where there is no resource to read it from. */
  readonly stack?: string;
  readonly resources: readonly AppliedResource[];
  /** What a reader should know of it, in whole sentences. */
  readonly notes: readonly string[];
}

/** Thrown where a file is no plan and no state, or not a whole one: what it is, and what to do. */
export class UnreadablePlanError extends Error {
  override readonly name = 'UnreadablePlanError';
}
