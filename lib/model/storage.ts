import * as z from 'zod';
import { lateValue } from '../core/late-value.ts';
import { bytesField, nameField } from './field.ts';

const fileSystemId = z
  .string()
  .regex(/^fs-[0-9a-f]{8,17}$/, 'is no EFS file system id')
  .optional()
  .transform((id) => id ?? lateValue('homes-file-system-id'))
  .describe(
    'EFS file system, for example fs-0123456789abcdef0. Default: the one that `cluster.cloud.fileSystem` makes.',
  );

const accessPointId = z
  .string()
  .regex(/^fsap-[0-9a-f]{8,40}$/, 'is no EFS access point id')
  .describe('Access point to mount through. Default: the root of the file system.');

const storageClassSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('ebs'),
      name: nameField.describe('Name of the class.'),
      default: z.boolean().default(false).describe('Used by claims that name no class.'),
    })
    .describe('Encrypted gp3 volumes of the EBS CSI driver; one node at a time.'),
  z
    .strictObject({ kind: z.literal('efs'), name: nameField.describe('Name of the class.'), fileSystemId })
    .describe('Access points of one EFS file system; many nodes at once.'),
  z
    .strictObject({
      kind: z.literal('existing'),
      name: nameField.describe('Name of the class.'),
      readWriteMany: z.boolean().describe('Whether many nodes can mount a volume of it at once.'),
    })
    .describe('A class that the cluster has.'),
]);

const homeVolumeSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('efs'), fileSystemId, accessPointId: accessPointId.optional() })
    .describe('An EFS file system, optionally through one access point.'),
  z
    .strictObject({
      kind: z.literal('nfs'),
      server: z.string().min(1).describe('Host of the server.'),
      path: z.string().startsWith('/').describe('Exported folder.'),
      mountOptions: z.array(z.string()).default(['nfsvers=4.1', 'hard']).describe('Options of mount.'),
    })
    .describe('An NFS export.'),
]);

/** Storage classes, the shared state of servers, and the home directories of users. */
export const storageSchema = z.strictObject({
  classes: z.array(storageClassSchema).min(1).describe('Storage classes the platform uses.'),
  block: z.string().describe('Class for volumes of one pod: databases, metrics.'),
  shared: z.string().describe('Class whose volumes many nodes mount at once: state that replicas share.'),
  homes: z
    .strictObject({
      volume: homeVolumeSchema.describe('What holds the homes.'),
      size: bytesField.prefault('1Ti').describe('Capacity written on the claims; the file system decides.'),
    })
    .describe('Home directories. One volume, claimed in every namespace that mounts them.'),
});
export type Storage = z.output<typeof storageSchema>;

/** Name of the claim that mounts the home directories: the same in every namespace that has one (lib/storage). */
export const HOME_CLAIM = 'workbench-homes';

export type StorageClassChoice = Storage['classes'][number];
