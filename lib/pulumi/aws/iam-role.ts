import { Policy } from '@pulumi/aws/iam/policy.js';
import { Role } from '@pulumi/aws/iam/role.js';
import { RolePolicyAttachment } from '@pulumi/aws/iam/rolePolicyAttachment.js';
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from '@pulumi/pulumi';
import type { AWS_PRINCIPALS } from '../../catalog/aws-policies.ts';
import { type IamPolicy, POLICY_VERSION } from '../../model/iam-policy.ts';

export interface IamRoleProps {
  /** Name in IAM; other accounts, EC2NodeClasses and people refer to it. */
  readonly roleName: string;
  readonly description: string;
  readonly trusts: (typeof AWS_PRINCIPALS)[keyof typeof AWS_PRINCIPALS];
  /** What the principal does to take the role. @default sts:AssumeRole */
  readonly trustActions?: readonly string[];
  /** ARNs of policies that AWS maintains. */
  readonly managedPolicies: readonly string[];
  /** @default none */
  readonly policies?: readonly IamPolicy[];
}

/** `AmazonEKS_CNI_Policy` of its ARN. */
function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** A role with its policies. What uses the role depends on this component, so that it never acts without its rights. */
export class IamRole extends ComponentResource {
  readonly arn: Output<string>;
  readonly roleName: Output<string>;
  /** What has to be there before the role is of use. */
  readonly complete: readonly Resource[];

  constructor(name: string, props: IamRoleProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:IamRole', name, {}, opts);
    const role = new Role(
      name,
      {
        name: props.roleName,
        description: props.description,
        assumeRolePolicy: JSON.stringify({
          Version: POLICY_VERSION,
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: props.trusts },
              Action: props.trustActions ?? ['sts:AssumeRole'],
            },
          ],
        }),
      },
      { parent: this },
    );
    const attach = (suffix: string, policyArn: Input<string>): RolePolicyAttachment =>
      new RolePolicyAttachment(`${name}-${suffix}`, { role: role.name, policyArn }, { parent: this });
    const managed = props.managedPolicies.map((arn) => attach(policyName(arn), arn));
    const own = (props.policies ?? []).map(({ name: policy, statements }) => {
      const document = JSON.stringify({ Version: POLICY_VERSION, Statement: statements });
      const resource = new Policy(policy, { name: policy, policy: document }, { parent: this });
      return attach(policy, resource.arn);
    });
    this.arn = role.arn;
    this.roleName = role.name;
    this.complete = [role, ...managed, ...own];
    this.registerOutputs({ arn: this.arn });
  }
}
