import * as z from 'zod';
import { awsPartition } from '../catalog/aws-partitions.ts';
import { type Cloud, cloudSchema } from './cloud.ts';
import { listWithoutRepeats, nameField } from './field.ts';

const eksSchema = z
  .strictObject({
    kind: z.literal('eks'),
    name: nameField.describe('EKS cluster name; also the value of the discovery tags and the default names below.'),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is no AWS region')
      .describe('AWS region, for example eu-central-1. Prices in the catalogue are of us-east-1.'),
    zones: listWithoutRepeats(z.string().min(1))
      .min(1)
      .describe(
        'Availability zones that pools may use; a pool may name fewer. A third may come later; none can go again.',
      ),
    accountId: z
      .string()
      .regex(/^\d{12}$/, 'is no AWS account id of 12 digits')
      .describe('AWS account that holds the cluster, its registry and its roles.'),
    nodeRole: z.string().max(64).optional().describe('IAM role of the nodes. Default: <cluster>-node.'),
    cloud: cloudSchema.optional(),
  })
  .describe('Amazon EKS.');

const onPremisesSchema = z
  .strictObject({
    kind: z.literal('on-premises'),
    name: nameField.describe('Name of the cluster.'),
    zones: listWithoutRepeats(z.string().min(1))
      .min(1)
      .default(['default'])
      .describe(
        'Failure domains, as the zone label of your nodes says. What is applied reads that label; this list is for the local cluster, which deals its machines out over it.',
      ),
  })
  .describe('Any existing cluster without a cloud behind it.');

/** Where the platform runs: `eks` or `on-premises`. */
export const clusterSchema = z.discriminatedUnion('kind', [eksSchema, onPremisesSchema]);
export type Cluster = z.output<typeof clusterSchema>;
export type EksCluster = Extract<Cluster, { kind: 'eks' }>;

/** What Atelier makes in AWS; `undefined` where the cluster exists without its doing, in a cloud or not. */
export function cloudOf({ cluster }: { readonly cluster: Cluster }): Cloud | undefined {
  return cluster.kind === 'eks' ? cluster.cloud : undefined;
}

/** ARN of something in the cluster's account and region: `arn:aws:sqs:eu-central-1:111122223333:queue`. */
export function awsArn({ region, accountId }: EksCluster, service: string, resource: string): string {
  return `arn:${awsPartition(region)}:${service}:${region}:${accountId}:${resource}`;
}

/** ARN of something of IAM, which knows no regions: `arn:aws:iam::111122223333:role/name`. */
export function iamArn({ region, accountId }: EksCluster, resource: string): string {
  return `arn:${awsPartition(region)}:iam::${accountId}:${resource}`;
}

/** IAM role of the nodes: stated, or `<cluster>-node`. */
export function nodeRoleName(cluster: EksCluster): string {
  return cluster.nodeRole ?? `${cluster.name}-node`;
}
