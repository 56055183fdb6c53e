import * as z from 'zod';
import { TARGET_VERSIONS } from '../catalog/versions.ts';
import { bytesField } from './field.ts';

/**
 * RDS for PostgreSQL for Workbench, encrypted, reached from the nodes of the cluster only. Its master password is made
 * and rotated by RDS and lies in Secrets Manager; Workbench logs in by a role of its own (`workbench.database.user`).
 */
export const cloudDatabaseSchema = z.strictObject({
  version: z
    .string()
    .regex(/^\d{2}(\.\d+)?$/, 'is no version of PostgreSQL such as "17" or "17.5"')
    .default(TARGET_VERSIONS.postgresql)
    .describe(
      'Version, in quotes. Without a minor version RDS takes its own and upgrades it in the maintenance window; a stated one stays.',
    ),
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, 'is no instance class such as "db.t4g.medium"')
    .default('db.t4g.medium')
    .describe('Size of the server.'),
  storage: bytesField.prefault('20Gi').describe('Storage at first, in whole GiB; 20 at least.'),
  maxStorage: bytesField
    .prefault('100Gi')
    .describe('RDS lets the storage grow up to this; at least a tenth above `storage`.'),
  multiZone: z.boolean().default(true).describe('A standby in another zone takes over when the server fails.'),
  backupRetentionDays: z.int().min(1).max(35).default(14).describe('How far back any point in time can be restored.'),
});
