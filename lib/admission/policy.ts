import type { Manifest } from '../bundle/bundle.ts';
import type { MatchResources } from './match.ts';

export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

export interface Validation {
  readonly expression: string;
  readonly message?: string;
  readonly messageExpression?: string;
}

/** Who asks the policy: the API server itself, or Kyverno by its webhook. */
export type Engine = 'api-server' | 'kyverno';

/** What a policy lets pass although its rules do not. */
export interface Exception {
  readonly name: string;
  readonly conditions: readonly NamedExpression[];
}

/** An admission policy that can refuse requests, whichever engine asks it. */
export interface AdmissionPolicy {
  readonly engine: Engine;
  readonly name: string;
  /** The objects that it consists of: the policy, its bindings, its exceptions. */
  readonly objects: readonly Manifest[];
  /** What happens to a request that an expression fails on. */
  readonly failurePolicy: 'Fail' | 'Ignore';
  /** All must match: of the policy, and of one of its bindings. */
  readonly match: MatchResources | undefined;
  readonly bindings: readonly (MatchResources | undefined)[];
  readonly conditions: readonly NamedExpression[];
  readonly variables: readonly NamedExpression[];
  readonly validations: readonly Validation[];
  readonly exceptions: readonly Exception[];
  /** Whether it changes what the others judge, so that nothing they say of it counts. */
  readonly mutates?: true;
  /** Why it cannot be evaluated at all. */
  readonly undecided?: string;
}
