import * as z from 'zod';
import { listWithoutRepeats, vpcIdField } from './field.ts';

/**
 * Services that nodes and the platform talk to and that AWS offers inside a VPC. S3 is a gateway and costs nothing; the
 * others are interfaces, paid by the hour and zone.
 */
const ENDPOINT_SERVICES = [
  's3',
  'ecr.api',
  'ecr.dkr',
  'ec2',
  'autoscaling',
  'eks',
  'eks-auth',
  'elasticfilesystem',
  'logs',
  'sqs',
  'ssm',
  'sts',
] as const;

const subnetIdField = z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'is no subnet id');

const newNetworkSchema = z
  .strictObject({
    kind: z.literal('new'),
    cidr: z
      .cidrv4()
      .default('10.0.0.0/16')
      .describe(
        'Block of the VPC, /16 to /20. A quarter for the private subnet of each zone (an eighth from the fourth zone on), ' +
          'and the last part for the public subnets. Pods have addresses of private subnets. Cannot be changed later.',
      ),
    natGateways: z
      .enum(['one-per-zone', 'single'])
      .default('one-per-zone')
      .describe('Ways out of the private subnets. single: cheaper, and nobody gets out when its zone fails.'),
    endpoints: listWithoutRepeats(z.enum(ENDPOINT_SERVICES))
      .default(['s3'])
      .describe(
        'AWS services that are reached without the NAT gateways. s3 is free; each other costs by hour and zone.',
      ),
  })
  .describe('A VPC of its own, with a private and a public subnet in every zone of the cluster.');

const existingNetworkSchema = z
  .strictObject({
    kind: z.literal('existing'),
    vpcId: vpcIdField.describe('The VPC.'),
    privateSubnets: z
      .record(z.string().min(1), subnetIdField)
      .describe('Zone to subnet, one for every zone of the cluster; nodes and pods live there and need a way out.'),
  })
  .describe(
    'A VPC that somebody else looks after. Atelier puts the tag of Karpenter on its subnets, which therefore serve one cluster, and changes nothing else.',
  );

/** Where the cluster lives. */
export const cloudNetworkSchema = z
  .discriminatedUnion('kind', [newNetworkSchema, existingNetworkSchema])
  .prefault({ kind: 'new' });
export type CloudNetwork = z.output<typeof cloudNetworkSchema>;
export type NewNetwork = Extract<CloudNetwork, { kind: 'new' }>;
