import { LogGroup } from '@pulumi/aws/cloudwatch/logGroup.js';
import { Tag } from '@pulumi/aws/ec2/tag.js';
import { AccessEntry } from '@pulumi/aws/eks/accessEntry.js';
import { AccessPolicyAssociation } from '@pulumi/aws/eks/accessPolicyAssociation.js';
import { Cluster } from '@pulumi/aws/eks/cluster.js';
import { all, ComponentResource, type ComponentResourceOptions, type Output, secret } from '@pulumi/pulumi';
import { AWS_PRINCIPALS } from '../../catalog/aws-policies.ts';
import { fitName } from '../../core/names.ts';
import { MAX_ROLE_NAME } from '../../model/iam-policy.ts';
import type { EncryptionKey } from './encryption-key.ts';
import { IamRole } from './iam-role.ts';
import { kubeconfigOf } from './kubeconfig.ts';
import type { Network } from './network.ts';
import type { Planned } from './planned.ts';

export interface ControlPlaneProps {
  readonly plan: Planned<'eks-cluster'>;
  readonly region: string;
  readonly network: Network;
  /** Encrypts Secrets. @default the key of EKS */
  readonly key?: EncryptionKey;
}

/** The control plane of EKS, its logs, and who gets in: access entries only, nothing by who made it or by aws-auth. */
export class ControlPlane extends ComponentResource {
  readonly cluster: Cluster;
  /** The group that EKS makes and puts all nodes into. */
  readonly securityGroupId: Output<string>;
  /** By `aws eks get-token`; resolves when the administrators have their rights. */
  readonly kubeconfig: Output<string>;

  constructor(name: string, props: ControlPlaneProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:ControlPlane', name, {}, opts);
    const { plan, network, key, region } = props;
    const { spec } = plan;
    const role = new IamRole(
      `${name}-control-plane`,
      {
        roleName: fitName(`${plan.name}-control-plane`, MAX_ROLE_NAME),
        description: `Control plane of ${plan.name}`,
        trusts: AWS_PRINCIPALS.eks,
        trustActions: ['sts:AssumeRole', 'sts:TagSession'],
        managedPolicies: spec.managedPolicies,
      },
      { parent: this },
    );
    // Before the cluster, because EKS would make it without an end to what it keeps.
    const logs = new LogGroup(
      `${name}-control-plane`,
      { name: `/aws/eks/${plan.name}/cluster`, retentionInDays: spec.logRetentionDays },
      { parent: this },
    );
    this.cluster = new Cluster(
      name,
      {
        name: plan.name,
        version: spec.version,
        roleArn: role.arn,
        accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
        // Add-ons of EKS take their place, with versions that are known (lib/cloud/add-ons.ts).
        bootstrapSelfManagedAddons: false,
        enabledClusterLogTypes: [...spec.logs],
        kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: spec.serviceCidr },
        upgradePolicy: { supportType: spec.support },
        deletionProtection: spec.protected,
        vpcConfig: {
          subnetIds: Object.values(network.privateSubnets),
          endpointPrivateAccess: true,
          endpointPublicAccess: spec.publicAccess.length > 0,
          ...(spec.publicAccess.length > 0 ? { publicAccessCidrs: [...spec.publicAccess] } : {}),
        },
        ...(key ? { encryptionConfig: { provider: { keyArn: key.arn }, resources: ['secrets'] } } : {}),
      },
      {
        parent: this,
        protect: spec.protected,
        dependsOn: [logs, ...role.complete],
        // EKS refuses subnets in zones that the cluster was not made with (EKS user guide, VPC and subnet requirements);
        // nodes in a zone that came later need none.
        ignoreChanges: ['vpcConfig.subnetIds'],
      },
    );
    const access = spec.access.map(({ principal, policy }) => {
      // Account and path: two accounts may have a role of one name.
      const id = `${name}-${principal.slice(principal.indexOf('::') + 2)}`;
      const entry = new AccessEntry(
        id,
        { clusterName: this.cluster.name, principalArn: principal, type: 'STANDARD' },
        { parent: this },
      );
      return new AccessPolicyAssociation(
        id,
        {
          clusterName: this.cluster.name,
          principalArn: entry.principalArn,
          policyArn: policy,
          accessScope: { type: 'cluster' },
        },
        { parent: this },
      );
    });
    this.securityGroupId = this.cluster.vpcConfig.clusterSecurityGroupId;
    for (const [key, value] of Object.entries(spec.securityGroupTags)) {
      new Tag(`${name}-${key}`, { resourceId: this.securityGroupId, key, value }, { parent: this });
    }
    this.kubeconfig = secret(
      all([this.cluster.endpoint, this.cluster.certificateAuthority.data, ...access.map(({ id }) => id)]).apply(
        ([endpoint = '', certificate = '']) => kubeconfigOf({ cluster: plan.name, region, endpoint, certificate }),
      ),
    );
    this.registerOutputs({ kubeconfig: this.kubeconfig });
  }
}
