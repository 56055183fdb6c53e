import { LogGroup } from '@pulumi/aws/cloudwatch/logGroup.js';
import { SecurityGroup } from '@pulumi/aws/ec2/securityGroup.js';
import { Instance } from '@pulumi/aws/rds/instance.js';
import { SubnetGroup } from '@pulumi/aws/rds/subnetGroup.js';
import { SecurityGroupIngressRule } from '@pulumi/aws/vpc/securityGroupIngressRule.js';
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi';
import { CLOUD_TAGS } from '../../catalog/labels.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { Network } from './network.ts';
import type { Planned } from './planned.ts';

export interface DatabaseProps {
  readonly plan: Planned<'rds-postgresql'>;
  readonly network: Network;
  /** Security group of the nodes, which may connect. */
  readonly nodeGroupId: Input<string>;
  /** @default the key of RDS */
  readonly key?: EncryptionKey;
}

/** What PostgreSQL writes to CloudWatch. */
const LOGS = ['postgresql', 'upgrade'];

/** PostgreSQL in RDS. Nobody but RDS and Secrets Manager knows the master password: it is in no state and no program. */
export class Database extends ComponentResource {
  readonly host: Output<string>;

  constructor(name: string, props: DatabaseProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:Database', name, {}, opts);
    const { plan, network, nodeGroupId, key } = props;
    const { spec } = plan;
    const parent = { parent: this };
    const tags = { [CLOUD_TAGS.name]: plan.name };
    const group = new SecurityGroup(
      name,
      { vpcId: network.vpcId, description: `PostgreSQL of ${plan.name}, from nodes`, tags },
      parent,
    );
    new SecurityGroupIngressRule(
      name,
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: nodeGroupId,
        ipProtocol: 'tcp',
        fromPort: spec.port,
        toPort: spec.port,
      },
      parent,
    );
    const subnets = new SubnetGroup(
      name,
      {
        name: plan.name,
        description: `Private subnets, for ${plan.name}`,
        subnetIds: Object.values(network.privateSubnets),
      },
      parent,
    );
    // Before the database, because RDS would make them without an end to what they keep.
    const logs = LOGS.map(
      (log) =>
        new LogGroup(
          `${name}-${log}`,
          { name: `/aws/rds/instance/${plan.name}/${log}`, retentionInDays: spec.logRetentionDays },
          parent,
        ),
    );
    const instance = new Instance(
      name,
      {
        identifier: plan.name,
        engine: 'postgres',
        engineVersion: spec.version,
        // A stated minor version would be a way back, which RDS has not, from the one it has since gone to.
        autoMinorVersionUpgrade: !spec.version.includes('.'),
        // Somebody wrote it into the environment, and somebody else read it in the preview.
        allowMajorVersionUpgrade: true,
        instanceClass: spec.instanceClass,
        allocatedStorage: spec.storageGiB,
        maxAllocatedStorage: spec.maxStorageGiB,
        storageType: 'gp3',
        storageEncrypted: true,
        dbName: spec.database,
        port: spec.port,
        username: spec.masterUser,
        manageMasterUserPassword: true,
        ...(key ? { kmsKeyId: key.arn, masterUserSecretKmsKeyId: key.arn } : {}),
        multiAz: spec.multiZone,
        publiclyAccessible: false,
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [group.id],
        backupRetentionPeriod: spec.backupRetentionDays,
        copyTagsToSnapshot: true,
        enabledCloudwatchLogsExports: LOGS,
        deletionProtection: spec.protected,
        deleteAutomatedBackups: !spec.protected,
        ...(spec.protected ? { finalSnapshotIdentifier: `${plan.name}-last` } : { skipFinalSnapshot: true }),
      },
      {
        parent: this,
        protect: spec.protected,
        dependsOn: logs,
        // RDS lets it grow by itself, and storage never shrinks.
        ignoreChanges: ['allocatedStorage'],
      },
    );
    this.host = instance.address;
    this.registerOutputs({ host: this.host });
  }
}
