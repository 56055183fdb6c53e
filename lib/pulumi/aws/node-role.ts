import { AccessEntry } from '@pulumi/aws/eks/accessEntry.js';
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from '@pulumi/pulumi';
import { AWS_PRINCIPALS } from '../../catalog/aws-policies.ts';
import { IamRole } from './iam-role.ts';
import type { Planned } from './planned.ts';

export interface NodeRoleProps {
  readonly plan: Planned<'eks-node-role'>;
  readonly clusterName: Input<string>;
}

/**
 * The role of all nodes, and its way into the cluster. EKS would make the access entry for a managed node group by
 * itself, and leave it behind (containers-roadmap #2631); one that is there already it uses.
 */
export class NodeRole extends ComponentResource {
  readonly arn: Output<string>;
  /** What nodes wait for. */
  readonly complete: readonly Resource[];

  constructor(name: string, { plan, clusterName }: NodeRoleProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:NodeRole', `${name}-node`, {}, opts);
    const role = new IamRole(
      `${name}-node`,
      {
        roleName: plan.name,
        description: 'Nodes, whoever launches them',
        trusts: AWS_PRINCIPALS.ec2,
        managedPolicies: plan.spec.managedPolicies,
      },
      { parent: this },
    );
    const entry = new AccessEntry(
      `${name}-node`,
      { clusterName, principalArn: role.arn, type: 'EC2_LINUX' },
      { parent: this },
    );
    this.arn = role.arn;
    this.complete = [...role.complete, entry];
    this.registerOutputs({ arn: this.arn });
  }
}
