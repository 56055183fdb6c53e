import { SecurityGroup } from '@pulumi/aws/ec2/securityGroup.js';
import { FileSystem as AwsFileSystem } from '@pulumi/aws/efs/fileSystem.js';
import { FileSystemPolicy } from '@pulumi/aws/efs/fileSystemPolicy.js';
import { MountTarget } from '@pulumi/aws/efs/mountTarget.js';
import { SecurityGroupIngressRule } from '@pulumi/aws/vpc/securityGroupIngressRule.js';
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  jsonStringify,
  type Output,
} from '@pulumi/pulumi';
import { CLOUD_TAGS } from '../../catalog/labels.ts';
import { POLICY_VERSION } from '../../model/iam-policy.ts';
import type { EncryptionKey } from './encryption-key.ts';
import { FileSystemBackup } from './file-system-backup.ts';
import type { Network } from './network.ts';
import type { Planned } from './planned.ts';

const NFS_PORT = 2049;

export interface FileSystemProps {
  readonly plan: Planned<'efs-file-system'>;
  readonly network: Network;
  /** Security group of the nodes, which may mount it. */
  readonly nodeGroupId: Input<string>;
  /** @default the key of EFS */
  readonly key?: EncryptionKey;
}

/** `AFTER_30_DAYS` of `30-days`. */
function transition(after: string): string {
  return `AFTER_${after.replace('-', '_').toUpperCase()}`;
}

/** An EFS file system with a mount target in every zone, reached from nodes only and by TLS only. */
export class FileSystem extends ComponentResource {
  /** Resolves when it can be mounted in every zone. */
  readonly fileSystemId: Output<string>;

  constructor(name: string, props: FileSystemProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:FileSystem', name, {}, opts);
    const { plan, network, nodeGroupId, key } = props;
    const { spec } = plan;
    const parent = { parent: this };
    const tags = { [CLOUD_TAGS.name]: plan.name };
    const after = spec.infrequentAccessAfter;
    const fileSystem = new AwsFileSystem(
      name,
      {
        creationToken: plan.name,
        encrypted: true,
        ...(key ? { kmsKeyId: key.arn } : {}),
        throughputMode: spec.throughput,
        lifecyclePolicies:
          after === undefined
            ? []
            : [{ transitionToIa: transition(after) }, { transitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }],
        tags,
      },
      { parent: this, protect: spec.protected },
    );
    // Who may mount is decided by the network, as the CSI driver mounts without IAM; what it may not do is leave out TLS.
    const mount = ['ClientMount', 'ClientWrite', 'ClientRootAccess'].map((action) => `elasticfilesystem:${action}`);
    new FileSystemPolicy(
      name,
      {
        fileSystemId: fileSystem.id,
        policy: jsonStringify({
          Version: POLICY_VERSION,
          Statement: [
            {
              Sid: 'MountThroughTheNetwork',
              Effect: 'Allow',
              Principal: { AWS: '*' },
              Action: mount,
              Resource: fileSystem.arn,
              Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
            },
            {
              Sid: 'DenyWithoutTls',
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: '*',
              Resource: fileSystem.arn,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        }),
      },
      parent,
    );
    const group = new SecurityGroup(
      name,
      { vpcId: network.vpcId, description: `NFS to ${plan.name}, from nodes`, tags },
      parent,
    );
    const rule = new SecurityGroupIngressRule(
      name,
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: nodeGroupId,
        ipProtocol: 'tcp',
        fromPort: NFS_PORT,
        toPort: NFS_PORT,
      },
      parent,
    );
    const targets = Object.entries(network.privateSubnets)
      .filter(([zone]) => spec.zones.includes(zone))
      .map(
        ([zone, subnetId]) =>
          new MountTarget(
            `${name}-${zone}`,
            { fileSystemId: fileSystem.id, subnetId, securityGroups: [group.id] },
            // A zone has one at most, so another subnet of the zone has to wait until it is gone.
            { parent: this, dependsOn: [rule], deleteBeforeReplace: true },
          ),
      );
    if (spec.backupRetentionDays > 0) {
      new FileSystemBackup(name, { plan, fileSystemArn: fileSystem.arn }, parent);
    }
    this.fileSystemId = all([fileSystem.id, ...targets.map(({ id }) => id)]).apply(([id = '']) => id);
    this.registerOutputs({ fileSystemId: this.fileSystemId });
  }
}
