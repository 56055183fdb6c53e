import { awsPartition } from './aws-partitions.ts';

/**
 * Services whose endpoints in a VPC of China have a prefix of their own. Sources: aws-cdk
 * packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts, getDefaultEndpointPrefix; endpoints of eks-auth came later, all with it.
 * The gateway of S3, `logs` and `ssm` are named as everywhere.
 */
const CHINESE_PREFIX: ReadonlySet<string> = new Set([
  'autoscaling',
  'ec2',
  'ecr.api',
  'ecr.dkr',
  'eks',
  'eks-auth',
  'elasticfilesystem',
  'sqs',
  'sts',
]);

/** Name of the endpoint of a service: `com.amazonaws.eu-central-1.ecr.api`. */
export function endpointServiceName(region: string, service: string): string {
  const prefix =
    awsPartition(region) === 'aws-cn' && CHINESE_PREFIX.has(service) ? 'cn.com.amazonaws' : 'com.amazonaws';
  return `${prefix}.${region}.${service}`;
}
