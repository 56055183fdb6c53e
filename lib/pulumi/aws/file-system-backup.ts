import { Plan } from '@pulumi/aws/backup/plan.js';
import { Selection } from '@pulumi/aws/backup/selection.js';
import { Vault } from '@pulumi/aws/backup/vault.js';
import { ComponentResource, type ComponentResourceOptions, type Input } from '@pulumi/pulumi';
import { AWS_PRINCIPALS } from '../../catalog/aws-policies.ts';
import { fitName } from '../../core/names.ts';
import { MAX_ROLE_NAME } from '../../model/iam-policy.ts';
import { IamRole } from './iam-role.ts';
import type { Planned } from './planned.ts';

export interface FileSystemBackupProps {
  readonly plan: Planned<'efs-file-system'>;
  readonly fileSystemArn: Input<string>;
}

/** At three in the morning UTC, as AWS Backup writes cron. */
const EVERY_NIGHT = 'cron(0 3 * * ? *)';

/** A backup of a file system every night, kept in a vault of its own. */
export class FileSystemBackup extends ComponentResource {
  constructor(name: string, { plan, fileSystemArn }: FileSystemBackupProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:FileSystemBackup', `${name}-backup`, {}, opts);
    const { name: fileSystem, spec } = plan;
    const id = `${name}-backup`;
    const role = new IamRole(
      id,
      {
        roleName: fitName(`${fileSystem}-backup`, MAX_ROLE_NAME),
        description: `Backups of ${fileSystem}`,
        trusts: AWS_PRINCIPALS.backup,
        managedPolicies: spec.backupPolicies,
      },
      { parent: this },
    );
    const vault = new Vault(
      id,
      { name: fitName(fileSystem, 50), forceDestroy: !spec.protected },
      { parent: this, protect: spec.protected },
    );
    const backup = new Plan(
      id,
      {
        name: fitName(fileSystem, 50),
        rules: [
          {
            ruleName: 'every-night',
            targetVaultName: vault.name,
            schedule: EVERY_NIGHT,
            lifecycle: { deleteAfter: spec.backupRetentionDays },
          },
        ],
      },
      { parent: this },
    );
    new Selection(
      id,
      { name: fitName(fileSystem, 50), planId: backup.id, iamRoleArn: role.arn, resources: [fileSystemArn] },
      { parent: this, dependsOn: [...role.complete] },
    );
    this.registerOutputs({});
  }
}
