import { PodIdentityAssociation } from '@pulumi/aws/eks/podIdentityAssociation.js';
import { ComponentResource, type ComponentResourceOptions, type Input } from '@pulumi/pulumi';
import { AWS_PRINCIPALS } from '../../catalog/aws-policies.ts';
import { IamRole } from './iam-role.ts';
import type { Planned } from './planned.ts';

export interface PodIdentityProps {
  readonly plan: Planned<'eks-pod-identity'>;
  readonly clusterName: Input<string>;
}

/** What the pods of one ServiceAccount may do in AWS. */
export class PodIdentity extends ComponentResource {
  constructor(name: string, { plan, clusterName }: PodIdentityProps, opts?: ComponentResourceOptions) {
    const id = `${name}-${plan.name}`;
    super('atelier:aws:PodIdentity', id, {}, opts);
    const { namespace, serviceAccount, role: roleName, managedPolicies, policies } = plan.spec;
    const role = new IamRole(
      id,
      {
        roleName,
        description: `Pods of ${namespace}/${serviceAccount}`,
        trusts: AWS_PRINCIPALS.podIdentity,
        trustActions: ['sts:AssumeRole', 'sts:TagSession'],
        managedPolicies,
        policies,
      },
      { parent: this },
    );
    new PodIdentityAssociation(
      id,
      { clusterName, namespace, serviceAccount, roleArn: role.arn },
      { parent: this, dependsOn: [...role.complete] },
    );
    this.registerOutputs({});
  }
}
