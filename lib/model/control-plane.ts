import * as z from 'zod';
import { CLOUDWATCH_RETENTION_DAYS } from '../catalog/cloudwatch.ts';
import { listWithoutRepeats } from './field.ts';

const CONTROL_PLANE_LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

/** IAM compares roles, not sessions: the ARN of an assumed role would let nobody in. */
const principalField = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, 'is no ARN of an IAM role or user');

/** The control plane of EKS. Its Kubernetes version is that of the environment. */
export const controlPlaneSchema = z.strictObject({
  admins: listWithoutRepeats(principalField)
    .min(1)
    .describe(
      'IAM roles and users that may do everything in the cluster. The one that runs `pulumi up` must be among them: ' +
        'nobody else gets in, not even whoever made the cluster.',
    ),
  viewers: listWithoutRepeats(principalField)
    .default([])
    .describe('IAM roles and users that may read everything but Secrets.'),
  publicAccess: listWithoutRepeats(z.cidrv4())
    .default([])
    .describe(
      'Blocks from which the API is reached over the internet. Default: none; it is always reached from the VPC.',
    ),
  serviceCidr: z
    .cidrv4()
    .default('172.20.0.0/16')
    .describe('Addresses of Services, /12 to /24; apart from the VPC. Cannot be changed later.'),
  logs: listWithoutRepeats(z.enum(CONTROL_PLANE_LOGS))
    .default(['api', 'audit', 'authenticator'])
    .describe('Logs that the control plane writes to CloudWatch.'),
  logRetentionDays: z
    .literal(CLOUDWATCH_RETENTION_DAYS)
    .default(90)
    .describe('How long CloudWatch keeps them, and those of the database.'),
  support: z
    .enum(['standard', 'extended'])
    .default('standard')
    .describe(
      'When a Kubernetes version ends: standard: EKS upgrades it after 14 months. extended: after 26, at six times the price.',
    ),
});
