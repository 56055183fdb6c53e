import { fitName } from '../core/names.ts';
import type { PodIdentitySpec } from './cloud-plan.ts';
import type { EksCluster } from './cluster.ts';
import { type IamPolicy, MAX_ROLE_NAME } from './iam-policy.ts';

/** Who may do what in AWS. */
export interface PodIdentityRequest {
  /** Short name of the role, behind that of the cluster. */
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** ARNs of policies that AWS maintains. */
  readonly managedPolicies?: readonly string[];
  readonly policies?: readonly IamPolicy[];
}

/** The identity of a ServiceAccount in AWS by EKS Pod Identity: no annotation, no secret, and a name known beforehand. */
export function podIdentity(cluster: EksCluster, request: PodIdentityRequest): PodIdentitySpec {
  const { name, namespace, serviceAccount, managedPolicies = [], policies = [] } = request;
  return {
    namespace,
    serviceAccount,
    role: fitName(`${cluster.name}-${name}`, MAX_ROLE_NAME),
    managedPolicies,
    policies: policies.map((policy) => ({ ...policy, name: `${cluster.name}-${name}-${policy.name}` })),
  };
}
