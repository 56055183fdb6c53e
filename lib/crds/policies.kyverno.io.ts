import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { kubernetesObject, type ObjectMetadata } from '../constructs/kubernetes-object.ts';
import type { AdmissionValidation, MatchResources, NamedExpression } from './admissionregistration.k8s.io.ts';

/** policies.kyverno.io/v1 ValidatingPolicy (Kyverno 1.19): the CEL policy that its webhook and its reports evaluate. */
export interface ValidatingPolicySpec {
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly validationActions: readonly ('Deny' | 'Audit' | 'Warn')[];
  readonly evaluation: {
    readonly admission: { readonly enabled: boolean };
    readonly background: { readonly enabled: boolean };
  };
  readonly autogen: {
    /** Kinds of workloads the policy is copied to; an empty list keeps it to what it names. */
    readonly podControllers: { readonly controllers: readonly string[] };
    readonly validatingAdmissionPolicy: { readonly enabled: boolean };
  };
  readonly matchConstraints: MatchResources;
  readonly matchConditions?: readonly NamedExpression[];
  readonly variables?: readonly NamedExpression[];
  readonly validations: readonly AdmissionValidation[];
}

/** policies.kyverno.io/v1 PolicyException: requests that its policies let pass. */
export interface PolicyExceptionSpec {
  readonly policyRefs: readonly { readonly name: string; readonly kind: 'ValidatingPolicy' }[];
  readonly matchConditions: readonly NamedExpression[];
  /** RFC 3339. Kyverno looks at it when it compiles the policy, not at each request. */
  readonly expiresAt?: string;
  /** Free text for people. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly reportResult: 'skip' | 'pass';
}

const API_VERSION = 'policies.kyverno.io/v1';

export function validatingPolicy(
  scope: Construct,
  id: string,
  metadata: ObjectMetadata,
  spec: ValidatingPolicySpec,
): ApiObject {
  return kubernetesObject(scope, id, { apiVersion: API_VERSION, kind: 'ValidatingPolicy', metadata, body: { spec } });
}

export function policyException(
  scope: Construct,
  id: string,
  metadata: ObjectMetadata & { readonly namespace: string },
  spec: PolicyExceptionSpec,
): ApiObject {
  return kubernetesObject(scope, id, { apiVersion: API_VERSION, kind: 'PolicyException', metadata, body: { spec } });
}
