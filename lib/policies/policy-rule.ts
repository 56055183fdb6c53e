import type { AdmissionResourceRule, NamedExpression } from '../crds/admissionregistration.k8s.io.ts';
import type { PolicyExceptionChoice } from '../model/policy.ts';

/** One thing a rule demands. */
export interface RuleValidation {
  /** CEL; true lets the request pass. */
  readonly expression: string;
  /** CEL of type string, on one line: subject, value, what is allowed, whom to ask. */
  readonly explain: string;
  /** The same without the particulars, for where `explain` cannot be evaluated. */
  readonly message: string;
}

/**
 * A rule of admission, written once as CEL and rendered for both engines, which share the language. The expressions use
 * `object`, `oldObject`, `request`, `namespaceObject` and `variables`; what only the API server knows (`authorizer`)
 * makes a rule `api-server` only.
 */
export interface PolicyRule {
  /** Name of the policy objects, and of the rule in denials. */
  readonly name: string;
  /** The policy that exceptions name; a rule without one knows no exceptions. */
  readonly policy?: PolicyExceptionChoice['policy'];
  /** For people: what the rule demands, and why. */
  readonly explanation: string;
  readonly resources: readonly AdmissionResourceRule[];
  /** Whether the objects are pods, and so have a ServiceAccount. */
  readonly aboutPods: boolean;
  /** `both`: Kyverno and the API server. `api-server`: the ValidatingAdmissionPolicy alone. */
  readonly enforcedBy: 'both' | 'api-server';
  /** All must be true for the rule to be looked at. May not use `variables`. */
  readonly conditions: readonly NamedExpression[];
  readonly variables: readonly NamedExpression[];
  readonly validations: readonly RuleValidation[];
}
