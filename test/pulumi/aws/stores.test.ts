import { beforeAll, describe, expect, test } from 'vitest';
import { cloudInput } from '../../fixtures/cloud.ts';
import { bundleOf, make } from './made.ts';
import { type MockedCloud, mockedCloud, resourceOf, resourcesOf } from './mocked-cloud.ts';

let usual: MockedCloud;
beforeAll(async () => {
  usual = await make();
});

describe('what holds data (CLOUD-1)', () => {
  test('GIVEN a file system WHEN made THEN nodes of every zone reach it, by TLS only, and it is backed up every night', async () => {
    const made = await make({
      fileSystem: { throughput: 'bursting', infrequentAccessAfter: '14-days', backupRetentionDays: 7 },
    });
    expect(resourceOf(made, 'aws:efs/fileSystem:FileSystem', 'ds-homes').inputs).toMatchObject({
      encrypted: true,
      kmsKeyId: 'arn:aws:Key-ds',
      throughputMode: 'bursting',
      lifecyclePolicies: [{ transitionToIa: 'AFTER_14_DAYS' }, { transitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }],
    });
    expect(resourcesOf(made, 'aws:efs/mountTarget:MountTarget').map(({ inputs }) => inputs.subnetId)).toEqual([
      'Subnet-ds-private-eu-central-1a',
      'Subnet-ds-private-eu-central-1b',
    ]);
    const rule = resourceOf(made, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'ds-homes').inputs;
    expect(rule).toMatchObject({ referencedSecurityGroupId: 'sg-of-ds', fromPort: 2049, toPort: 2049 });
    const { Statement } = JSON.parse(
      resourceOf(made, 'aws:efs/fileSystemPolicy:FileSystemPolicy', 'ds-homes').inputs.policy,
    );
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Resource: 'arn:aws:FileSystem-ds-homes',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    const plan = resourceOf(made, 'aws:backup/plan:Plan', 'ds-homes-backup').inputs;
    expect(plan.rules[0]).toMatchObject({ lifecycle: { deleteAfter: 7 } });
    expect(made.lateValues['homes-file-system-id']).toBe('FileSystem-ds-homes');
  });

  test('GIVEN a zone with another subnet THEN its mount target goes first, since EFS takes one of a zone', () => {
    const targets = resourcesOf(usual, 'aws:efs/mountTarget:MountTarget');
    expect(targets.map(({ options }) => options.deleteBeforeReplace)).toEqual([true, true]);
  });

  test('GIVEN the longest name of a cluster WHEN made THEN EFS still takes the token of its homes', async () => {
    const input = cloudInput();
    const name = 'a'.repeat(59);
    const made = await mockedCloud(bundleOf({ ...input, cluster: { ...input.cluster, name } as typeof input.cluster }));
    const { creationToken } = resourceOf(made, 'aws:efs/fileSystem:FileSystem', 'ds-homes').inputs;
    expect(creationToken).toMatch(/^a{50}/);
    expect(creationToken.length).toBeLessThanOrEqual(64);
  });

  test('GIVEN no backups and no cheaper storage WHEN made THEN there are none', async () => {
    const made = await make({ fileSystem: { infrequentAccessAfter: 'never', backupRetentionDays: 0 } });
    expect(made.resources.filter(({ type }) => type.startsWith('aws:backup'))).toEqual([]);
    expect(resourceOf(made, 'aws:efs/fileSystem:FileSystem', 'ds-homes').inputs.lifecyclePolicies).toEqual([]);
  });

  test('GIVEN a database WHEN made THEN only nodes reach it, and nobody but RDS knows its master password', async () => {
    const made = await make({
      database: { version: '17.5', storage: '50Gi', maxStorage: '200Gi', backupRetentionDays: 7 },
    });
    const { inputs } = resourceOf(made, 'aws:rds/instance:Instance', 'ds-database');
    expect(inputs).toMatchObject({
      identifier: 'workbench-test',
      engine: 'postgres',
      engineVersion: '17.5',
      // It is not to go on from what was stated: there is no way back.
      autoMinorVersionUpgrade: false,
      allocatedStorage: 50,
      maxAllocatedStorage: 200,
      multiAz: true,
      storageEncrypted: true,
      publiclyAccessible: false,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: 'arn:aws:Key-ds',
      backupRetentionPeriod: 7,
      finalSnapshotIdentifier: 'workbench-test-last',
      dbName: 'workbench',
    });
    expect(inputs).not.toHaveProperty('password');
    expect(resourceOf(usual, 'aws:rds/instance:Instance', 'ds-database').inputs.autoMinorVersionUpgrade).toBe(true);
    const logs = resourcesOf(made, 'aws:cloudwatch/logGroup:LogGroup').map((each) => each.inputs);
    expect(logs).toContainEqual({ name: '/aws/rds/instance/workbench-test/postgresql', retentionInDays: 90 });
    expect(logs).toContainEqual({ name: '/aws/rds/instance/workbench-test/upgrade', retentionInDays: 90 });
    const rule = resourceOf(made, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'ds-database').inputs;
    expect(rule).toMatchObject({ referencedSecurityGroupId: 'sg-of-ds', fromPort: 5432, toPort: 5432 });
    expect(made.lateValues['database-host']).toBe('workbench-test.example.org');
  });

  test('GIVEN repositories WHEN made THEN there is one for every image of the registry, and it clears up after itself', async () => {
    const made = await make({ imageRepositories: { keepTagged: 20 } });
    const repositories = resourcesOf(made, 'aws:ecr/repository:Repository');
    expect(repositories.map(({ inputs }) => inputs.name)).toEqual(['ds-base', 'ds-cuda']);
    for (const { inputs } of repositories) {
      expect(inputs).toMatchObject({
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
      });
    }
    const { rules } = JSON.parse(
      resourceOf(made, 'aws:ecr/lifecyclePolicy:LifecyclePolicy', 'ds-ds-base').inputs.policy,
    );
    expect(rules.map((rule: { selection: { countNumber: number } }) => rule.selection.countNumber)).toEqual([14, 20]);
  });
});
