import { Construct } from 'constructs';
import { AWS_POLICIES, awsPolicyArn, EKS_ACCESS_POLICIES, eksAccessPolicyArn } from '../catalog/aws-policies.ts';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import type { AccessEntry } from '../model/cloud-plan.ts';
import { nodeRoleName } from '../model/cluster.ts';
import { type CloudSite, discoveryTags, hasOwnKey, isProtected } from './cloud-site.ts';

function accessEntries({ cluster: { region }, cloud: { controlPlane } }: CloudSite): readonly AccessEntry[] {
  const entries = (principals: readonly string[], policy: keyof typeof EKS_ACCESS_POLICIES) =>
    principals.map((principal) => ({ principal, policy: eksAccessPolicyArn(region, EKS_ACCESS_POLICIES[policy]) }));
  return [...entries(controlPlane.admins, 'clusterAdmin'), ...entries(controlPlane.viewers, 'view')];
}

/** The control plane, and the role of its nodes (CLOUD-1). */
export class ControlPlane extends Construct {
  constructor(scope: Construct, id: string, site: CloudSite) {
    super(scope, id);
    declareOrigin(this, ['cluster', 'cloud', 'controlPlane']);
    const { cluster, cloud, platform } = site;
    const { controlPlane } = cloud;
    const managed = (...policies: readonly (keyof typeof AWS_POLICIES)[]): readonly string[] =>
      policies.map((policy) => awsPolicyArn(cluster.region, AWS_POLICIES[policy]));
    new CloudResource(this, 'cluster', {
      kind: 'eks-cluster',
      name: cluster.name,
      spec: {
        version: platform.environment.kubernetesVersion,
        serviceCidr: controlPlane.serviceCidr,
        publicAccess: controlPlane.publicAccess,
        logs: controlPlane.logs,
        logRetentionDays: controlPlane.logRetentionDays,
        support: controlPlane.support === 'standard' ? 'STANDARD' : 'EXTENDED',
        ownKey: hasOwnKey(site),
        managedPolicies: managed('eksCluster'),
        access: accessEntries(site),
        securityGroupTags: discoveryTags(site),
        protected: isProtected(site),
      },
    });
    // One role for all nodes, whoever launches them. Pods cannot use it: the metadata service is one hop away from them.
    new CloudResource(this, 'node-role', {
      kind: 'eks-node-role',
      name: nodeRoleName(cluster),
      spec: { managedPolicies: managed('eksWorkerNode', 'eksCni', 'ecrPullOnly', 'ssmManagedInstance') },
    });
  }
}
