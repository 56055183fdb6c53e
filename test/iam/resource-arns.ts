import type { JsonObject } from '../../lib/core/json.ts';
import type { AuthorizationReference } from './authorization-reference.ts';

interface NamedResource {
  /** Prefix of the service and its name of the kind. */
  readonly kind: readonly [service: string, resource: string];
  /** Property that holds the name; what belongs to a cluster goes by that of the cluster. */
  readonly property?: string;
}

/** Types of CloudFormation whose ARNs are known before they exist, because their names are ours. */
const NAMED: Readonly<Record<string, NamedResource>> = {
  'AWS::Backup::BackupVault': { kind: ['backup', 'backupVault'], property: 'BackupVaultName' },
  'AWS::ECR::Repository': { kind: ['ecr', 'repository'], property: 'RepositoryName' },
  'AWS::EKS::AccessEntry': { kind: ['eks', 'access-entry'] },
  'AWS::EKS::Addon': { kind: ['eks', 'addon'] },
  'AWS::EKS::Cluster': { kind: ['eks', 'cluster'] },
  'AWS::EKS::Nodegroup': { kind: ['eks', 'nodegroup'] },
  'AWS::EKS::PodIdentityAssociation': { kind: ['eks', 'podidentityassociation'] },
  'AWS::IAM::ManagedPolicy': { kind: ['iam', 'policy'], property: 'ManagedPolicyName' },
  'AWS::IAM::Role': { kind: ['iam', 'role'], property: 'RoleName' },
  'AWS::KMS::Alias': { kind: ['kms', 'alias'], property: 'AliasName' },
  'AWS::Logs::LogGroup': { kind: ['logs', 'log-group'], property: 'LogGroupName' },
  'AWS::RDS::DBInstance': { kind: ['rds', 'db'], property: 'DBInstanceIdentifier' },
  'AWS::RDS::DBSubnetGroup': { kind: ['rds', 'subgrp'], property: 'DBSubnetGroupName' },
  'AWS::SQS::Queue': { kind: ['sqs', 'queue'], property: 'QueueName' },
};

/** A resource that will be there, and how the reference describes its kind. */
export interface ResourceArn {
  readonly arn: string;
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` */
  readonly format: string;
}

/** The ARN that a resource of a template will have; `undefined` where only AWS knows it. */
export function resourceArn(
  reference: AuthorizationReference,
  place: { readonly region: string; readonly account: string; readonly cluster: string },
  { Type, Properties }: { readonly Type: string; readonly Properties: JsonObject },
): ResourceArn | undefined {
  const named = NAMED[Type];
  if (!named) return undefined;
  const [service, resource] = named.kind;
  const format = reference[service]?.resources[resource]?.arn;
  if (format === undefined) throw new Error(`The reference has no ${service} ${resource}.`);
  const known: Readonly<Record<string, string>> = {
    Partition: 'aws',
    Region: place.region,
    Account: place.account,
    ClusterName: place.cluster,
  };
  const name = named.property === undefined ? '' : String(Properties[named.property]).replace(/^alias\//, '');
  // The first unknown part is the name; what follows is made up by AWS.
  let given = name;
  const arn = format.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
    const value = known[variable] ?? (given || 'made-up');
    if (known[variable] === undefined) given = '';
    return value;
  });
  return { arn, format };
}
