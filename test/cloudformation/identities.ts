import { type Counterpart, type Part, parsed, TAGS } from './counterpart.ts';

/** Roles, policies, keys, and what Karpenter listens to, in CloudFormation. */
export const IDENTITIES: Readonly<Record<string, Counterpart>> = {
  'aws:iam/role:Role': {
    type: 'AWS::IAM::Role',
    tags: TAGS,
    inputs: { name: 'RoleName', assumeRolePolicy: parsed('AssumeRolePolicyDocument') },
  },
  'aws:iam/policy:Policy': {
    type: 'AWS::IAM::ManagedPolicy',
    inputs: { name: 'ManagedPolicyName', policy: parsed('PolicyDocument') },
    outputs: (attribute) => ({ arn: attribute() }),
  },
  'aws:kms/key:Key': {
    type: 'AWS::KMS::Key',
    tags: TAGS,
    inputs: { deletionWindowInDays: 'PendingWindowInDays' },
    outputs: (attribute) => ({ keyId: attribute() }),
  },
  'aws:kms/alias:Alias': { type: 'AWS::KMS::Alias', inputs: { name: 'AliasName' } },
  'aws:sqs/queue:Queue': {
    type: 'AWS::SQS::Queue',
    tags: TAGS,
    inputs: { name: 'QueueName', messageRetentionSeconds: 'MessageRetentionPeriod' },
    outputs: (attribute) => ({ url: attribute() }),
  },
  'aws:sqs/queuePolicy:QueuePolicy': {
    type: 'AWS::SQS::QueuePolicy',
    inputs: { queueUrl: (url) => ({ Queues: [url] }), policy: parsed('PolicyDocument') },
  },
  'aws:cloudwatch/eventRule:EventRule': {
    type: 'AWS::Events::Rule',
    tags: TAGS,
    inputs: { eventPattern: parsed('EventPattern') },
  },
  'aws:cloudwatch/logGroup:LogGroup': { type: 'AWS::Logs::LogGroup', tags: TAGS, inputs: { name: 'LogGroupName' } },
};

/** Parts of these. */
export const IDENTITY_PARTS: Readonly<Record<string, Part>> = {
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': {
    of: 'role',
    properties: ({ policyArn = null }) => ({ ManagedPolicyArns: [policyArn] }),
  },
  'aws:cloudwatch/eventTarget:EventTarget': {
    of: 'rule',
    // The provider makes up an id.
    properties: ({ arn }) => ({ Targets: [{ Arn: arn, Id: 'queue' }] }),
  },
};
