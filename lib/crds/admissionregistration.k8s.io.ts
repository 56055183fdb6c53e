import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { kubernetesObject, type ObjectMetadata } from '../constructs/kubernetes-object.ts';

export type AdmissionOperation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** Requests that a policy looks at: a resource `pods/resize` is the subresource, which `pods` alone does not cover. */
export interface AdmissionResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly AdmissionOperation[];
  readonly resources: readonly string[];
}

export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

export interface MatchResources {
  readonly resourceRules: readonly AdmissionResourceRule[];
  readonly namespaceSelector?: { readonly matchExpressions: readonly LabelRequirement[] };
}

/** A CEL expression under a name: a match condition, or a variable. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

export interface AdmissionValidation {
  /** CEL; true lets the request pass. */
  readonly expression: string;
  /** What is said where `messageExpression` cannot be evaluated. */
  readonly message: string;
  /** CEL of type string, one line. */
  readonly messageExpression?: string;
  readonly reason?: 'Forbidden' | 'Invalid';
}

/** admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy (Kubernetes 1.30 and later): evaluated by the API server itself. */
export interface ValidatingAdmissionPolicySpec {
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly matchConstraints: MatchResources;
  /** At most 64; all must be true for the policy to be evaluated. */
  readonly matchConditions?: readonly NamedExpression[];
  readonly variables?: readonly NamedExpression[];
  readonly validations: readonly AdmissionValidation[];
}

export interface ValidatingAdmissionPolicyBindingSpec {
  readonly policyName: string;
  readonly validationActions: readonly ('Deny' | 'Audit' | 'Warn')[];
}

const API_VERSION = 'admissionregistration.k8s.io/v1';

export function validatingAdmissionPolicy(
  scope: Construct,
  id: string,
  metadata: ObjectMetadata,
  spec: ValidatingAdmissionPolicySpec,
): ApiObject {
  const kind = 'ValidatingAdmissionPolicy';
  return kubernetesObject(scope, id, { apiVersion: API_VERSION, kind, metadata, body: { spec } });
}

export function validatingAdmissionPolicyBinding(
  scope: Construct,
  id: string,
  metadata: ObjectMetadata,
  spec: ValidatingAdmissionPolicyBindingSpec,
): ApiObject {
  const kind = 'ValidatingAdmissionPolicyBinding';
  return kubernetesObject(scope, id, { apiVersion: API_VERSION, kind, metadata, body: { spec } });
}
