import type { Bundle } from '../../lib/bundle/bundle.ts';
import type { Stack } from './pulumi-stack.ts';

/** What one entry of a plan becomes, beside whatever belongs to it. */
const TYPES: Readonly<Record<string, string>> = {
  vpc: 'ec2/vpc:Vpc',
  'eks-cluster': 'eks/cluster:Cluster',
  'eks-add-on': 'eks/addon:Addon',
  'eks-managed-node-group': 'eks/nodeGroup:NodeGroup',
  'eks-pod-identity': 'eks/podIdentityAssociation:PodIdentityAssociation',
  'efs-file-system': 'efs/fileSystem:FileSystem',
  'rds-postgresql': 'rds/instance:Instance',
  'interruption-queue': 'sqs/queue:Queue',
  'kms-key': 'kms/key:Key',
};

/** Kinds of the cloud plan of which AWS has another number than planned. */
export function unlikePlanned(stack: Stack, { cloud }: Bundle): readonly string[] {
  const existing = stack.cloud();
  return Object.entries(TYPES).flatMap(([kind, type]) => {
    const planned = cloud.filter((each) => each.kind === kind).length;
    const made = existing.filter(({ token }) => token === `aws:${type}`).length;
    return planned === made ? [] : [`${kind}: ${planned} planned, ${made} made`];
  });
}
