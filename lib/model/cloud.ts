import * as z from 'zod';
import { EKS_ADD_ONS } from '../catalog/eks-add-ons.ts';
import { cloudDatabaseSchema } from './cloud-database.ts';
import { cloudFileSystemSchema } from './cloud-file-system.ts';
import { cloudNetworkSchema } from './cloud-network.ts';
import { controlPlaneSchema } from './control-plane.ts';
import { imageRepositoriesSchema } from './image-repositories.ts';

const addOnVersionField = z
  .string()
  .regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, 'is no version of an add-on such as "v1.20.4-eksbuild.1"');

/** What `pulumi up` makes in AWS beneath the platform: network, cluster, storage, database. */
export const cloudSchema = z
  .strictObject({
    network: cloudNetworkSchema.describe('Network of the cluster. Default: a VPC of its own.'),
    controlPlane: controlPlaneSchema.describe('Control plane of EKS: who gets in, from where, and what it logs.'),
    addOns: z
      .partialRecord(z.enum(EKS_ADD_ONS), addOnVersionField)
      .default({})
      .describe(
        'Pinned versions of add-ons that EKS installs. One that is not named gets the version that EKS takes as its ' +
          'default for the Kubernetes version when it is made, and keeps it.',
      ),
    fileSystem: cloudFileSystemSchema
      .optional()
      .describe('EFS file system, whose id then need not be stated in `storage`. Default: none is made.'),
    database: cloudDatabaseSchema
      .optional()
      .describe('PostgreSQL in RDS, whose host then need not be stated in `workbench`. Default: none is made.'),
    imageRepositories: imageRepositoriesSchema
      .optional()
      .describe(
        'Repositories in ECR for the images of `registry`. Default: none is made. One environment per registry.',
      ),
    encryption: z
      .enum(['own-key', 'aws-keys'])
      .default('own-key')
      .describe(
        'own-key: Secrets, homes and database are encrypted by a KMS key of the environment, which is turned every ' +
          'year. aws-keys: by the keys of the services, which cost nothing. Cannot be changed later without a restore.',
      ),
    deletion: z
      .enum(['protected', 'allowed'])
      .default('protected')
      .describe(
        'protected: neither Pulumi nor a slip of the hand deletes the cluster, its network, homes, database, images or ' +
          'the key. allowed: `pulumi destroy` takes everything away, data and backups included, and leaves no snapshot.',
      ),
    tags: z
      .record(
        z.string().regex(/^(?!aws:)[\w\s.:/=+@-]{1,128}$/, 'is no tag key'),
        z.string().regex(/^[\w\s.:/=+@-]{0,256}$/, 'is no tag value'),
      )
      .default({})
      .describe(
        'Further tags of everything that is made, beside the name of the environment. Nodes are replaced to get new ones.',
      ),
  })
  .describe('What `pulumi up` makes in AWS. Without it the cluster exists, and Atelier only applies objects to it.');
export type Cloud = z.output<typeof cloudSchema>;
