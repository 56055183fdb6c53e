import type { AdmissionPolicy } from './policy.ts';

/** What one policy makes of one request. */
export type PolicyVerdict =
  /** It is not about the request, or finds nothing. */
  | { readonly kind: 'allowed' }
  | {
      readonly kind: 'refused';
      readonly policy: AdmissionPolicy;
      /** Index of the rule that is broken; none where the policy could not be evaluated and refuses for that. */
      readonly rule?: number;
      /** As the user reads it. */
      readonly message: string;
    }
  /** It hangs on what only a cluster knows. */
  | { readonly kind: 'undecided'; readonly policy: AdmissionPolicy; readonly reason: string };

export type Refusal = Extract<PolicyVerdict, { readonly kind: 'refused' }>;
export type Indecision = Extract<PolicyVerdict, { readonly kind: 'undecided' }>;

/** What all policies together make of a request: one refusal is enough. */
export type Verdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly by: readonly Refusal[] }
  | { readonly kind: 'undecided'; readonly by: readonly Indecision[] };
