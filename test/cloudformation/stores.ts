import type { Json, JsonObject } from '../../lib/core/json.ts';
import { type Counterpart, capitalized, type Part, parsed, TAGS, tagList } from './counterpart.ts';
import { withoutReferences } from './reference.ts';

/** A file system whose policy is its property cannot be referred to in it. */
const SOME_FILE_SYSTEM = 'arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0';

/** What holds data, in CloudFormation. */
export const STORES: Readonly<Record<string, Counterpart>> = {
  'aws:efs/fileSystem:FileSystem': {
    type: 'AWS::EFS::FileSystem',
    tags: (tags) => ({ FileSystemTags: tagList(tags) }),
    inputs: {
      creationToken: [],
      lifecyclePolicies: (policies) => ({
        LifecyclePolicies: (policies as readonly JsonObject[]).map(({ transitionToIa, ...others }) => ({
          ...(transitionToIa === undefined ? {} : { TransitionToIA: transitionToIa }),
          ...(capitalized(others) as JsonObject),
        })),
      }),
    },
    requests: ({ creationToken }) => [
      { service: 'efs', operation: 'CreateFileSystem', parameters: { CreationToken: creationToken } },
    ],
  },
  'aws:efs/mountTarget:MountTarget': { type: 'AWS::EFS::MountTarget' },
  'aws:rds/instance:Instance': {
    type: 'AWS::RDS::DBInstance',
    tags: TAGS,
    inputs: {
      identifier: 'DBInstanceIdentifier',
      instanceClass: 'DBInstanceClass',
      dbName: 'DBName',
      username: 'MasterUsername',
      masterUserSecretKmsKeyId: (key) => ({ MasterUserSecret: { KmsKeyId: key } }),
      multiAz: 'MultiAZ',
      dbSubnetGroupName: 'DBSubnetGroupName',
      vpcSecurityGroupIds: 'VPCSecurityGroups',
      enabledCloudwatchLogsExports: 'EnableCloudwatchLogsExports',
      skipFinalSnapshot: [],
      finalSnapshotIdentifier: [],
    },
    outputs: (attribute) => ({ address: attribute('Endpoint.Address') }),
    requests: ({ identifier, finalSnapshotIdentifier }) =>
      finalSnapshotIdentifier === undefined
        ? []
        : [
            {
              service: 'rds',
              operation: 'DeleteDBInstance',
              parameters: { DBInstanceIdentifier: identifier, FinalDBSnapshotIdentifier: finalSnapshotIdentifier },
            },
          ],
  },
  'aws:rds/subnetGroup:SubnetGroup': {
    type: 'AWS::RDS::DBSubnetGroup',
    tags: TAGS,
    inputs: { name: 'DBSubnetGroupName', description: 'DBSubnetGroupDescription' },
  },
  'aws:ecr/repository:Repository': {
    type: 'AWS::ECR::Repository',
    tags: TAGS,
    inputs: {
      name: 'RepositoryName',
      forceDelete: 'EmptyOnDelete',
      encryptionConfigurations: (list) => ({
        EncryptionConfiguration: capitalized((list as readonly Json[])[0] ?? {}),
      }),
    },
  },
  'aws:backup/vault:Vault': {
    type: 'AWS::Backup::BackupVault',
    tags: (BackupVaultTags) => ({ BackupVaultTags }),
    inputs: { name: 'BackupVaultName', forceDestroy: [] },
  },
  'aws:backup/plan:Plan': {
    type: 'AWS::Backup::BackupPlan',
    tags: (BackupPlanTags) => ({ BackupPlanTags }),
    inputs: {
      name: (BackupPlanName) => ({ BackupPlan: { BackupPlanName } }),
      rules: (rules) => ({
        BackupPlan: {
          BackupPlanRule: (rules as readonly JsonObject[]).map(
            ({ targetVaultName, schedule, lifecycle, ...others }) => ({
              ...(capitalized(others) as JsonObject),
              TargetBackupVault: targetVaultName,
              ScheduleExpression: schedule,
              Lifecycle: { DeleteAfterDays: (lifecycle as JsonObject).deleteAfter },
            }),
          ),
        },
      }),
    },
  },
  'aws:backup/selection:Selection': {
    type: 'AWS::Backup::BackupSelection',
    inputs: {
      planId: 'BackupPlanId',
      name: (SelectionName) => ({ BackupSelection: { SelectionName } }),
      iamRoleArn: (IamRoleArn) => ({ BackupSelection: { IamRoleArn } }),
      resources: (Resources) => ({ BackupSelection: { Resources } }),
    },
  },
};

/** Parts of these. */
export const STORE_PARTS: Readonly<Record<string, Part>> = {
  'aws:efs/fileSystemPolicy:FileSystemPolicy': {
    of: 'fileSystemId',
    properties: ({ policy }) => parsed('FileSystemPolicy')(withoutReferences(String(policy), SOME_FILE_SYSTEM)),
  },
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': {
    of: 'repository',
    properties: ({ policy }) => ({ LifecyclePolicy: { LifecyclePolicyText: policy } }),
  },
};
