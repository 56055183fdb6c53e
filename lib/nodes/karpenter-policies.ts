import { AWS_PRINCIPALS } from '../catalog/aws-policies.ts';
import { CLOUD_TAGS, clusterTag, LABELS } from '../catalog/labels.ts';
import { awsArn, type EksCluster, iamArn, nodeRoleName } from '../model/cluster.ts';
import type { IamPolicy, IamStatement } from '../model/iam-policy.ts';

const requested = (tag: string): string => `aws:RequestTag/${tag}`;
const existing = (tag: string): string => `aws:ResourceTag/${tag}`;

/** ARN pattern of a kind of EC2 resource in the region, of any account: `arn:aws:ec2:eu-central-1:*:subnet/*`. */
function ec2Arns(cluster: EksCluster, ...kinds: readonly string[]): readonly string[] {
  return kinds.map((kind) => awsArn({ ...cluster, accountId: '*' }, 'ec2', `${kind}/*`));
}

/** Images and snapshots are named without an account. */
function publicArns(cluster: EksCluster, ...kinds: readonly string[]): readonly string[] {
  return kinds.map((kind) => awsArn({ ...cluster, accountId: '' }, 'ec2', `${kind}/*`));
}

const LAUNCHED = ['fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request'];

function nodeLifecycle(cluster: EksCluster): readonly IamStatement[] {
  const owned = { [existing(clusterTag(cluster.name))]: 'owned' };
  const asked = { [requested(clusterTag(cluster.name))]: 'owned', [requested(CLOUD_TAGS.eksCluster)]: cluster.name };
  const ofPool = { [existing(LABELS.karpenterNodePool)]: '*' };
  const forPool = { [requested(LABELS.karpenterNodePool)]: '*' };
  const used = ec2Arns(cluster, 'security-group', 'subnet', 'capacity-reservation', 'placement-group');
  return [
    {
      Sid: 'AllowScopedEC2InstanceAccessActions',
      Effect: 'Allow',
      Action: ['ec2:RunInstances', 'ec2:CreateFleet'],
      Resource: [...publicArns(cluster, 'image', 'snapshot'), ...used],
    },
    {
      Sid: 'AllowScopedEC2LaunchTemplateAccessActions',
      Effect: 'Allow',
      Action: ['ec2:RunInstances', 'ec2:CreateFleet'],
      Resource: ec2Arns(cluster, 'launch-template'),
      Condition: { StringEquals: owned, StringLike: ofPool },
    },
    {
      Sid: 'AllowScopedEC2InstanceActionsWithTags',
      Effect: 'Allow',
      Action: ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'],
      Resource: ec2Arns(cluster, ...LAUNCHED),
      Condition: { StringEquals: asked, StringLike: forPool },
    },
    {
      Sid: 'AllowScopedResourceCreationTagging',
      Effect: 'Allow',
      Action: 'ec2:CreateTags',
      Resource: ec2Arns(cluster, ...LAUNCHED),
      Condition: {
        StringEquals: { ...asked, 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
        StringLike: forPool,
      },
    },
    {
      Sid: 'AllowScopedResourceTagging',
      Effect: 'Allow',
      Action: 'ec2:CreateTags',
      Resource: ec2Arns(cluster, 'instance'),
      Condition: {
        StringEquals: owned,
        StringLike: ofPool,
        StringEqualsIfExists: { [requested(CLOUD_TAGS.eksCluster)]: cluster.name },
        'ForAllValues:StringEquals': {
          'aws:TagKeys': [CLOUD_TAGS.eksCluster, LABELS.karpenterNodeClaim, CLOUD_TAGS.name],
        },
      },
    },
    {
      Sid: 'AllowScopedDeletion',
      Effect: 'Allow',
      Action: ['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'],
      Resource: ec2Arns(cluster, 'instance', 'launch-template'),
      Condition: { StringEquals: owned, StringLike: ofPool },
    },
  ];
}

function iamIntegration(cluster: EksCluster): readonly IamStatement[] {
  const { name, region } = cluster;
  const profiles = iamArn(cluster, 'instance-profile/*');
  const owned = { [existing(clusterTag(name))]: 'owned', [existing(LABELS.region)]: region };
  const asked = {
    [requested(clusterTag(name))]: 'owned',
    [requested(CLOUD_TAGS.eksCluster)]: name,
    [requested(LABELS.region)]: region,
  };
  const ofClass = { [existing(LABELS.karpenterNodeClass)]: '*' };
  const forClass = { [requested(LABELS.karpenterNodeClass)]: '*' };
  return [
    {
      Sid: 'AllowPassingInstanceRole',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: iamArn(cluster, `role/${nodeRoleName(cluster)}`),
      Condition: { StringEquals: { 'iam:PassedToService': [AWS_PRINCIPALS.ec2, `${AWS_PRINCIPALS.ec2}.cn`] } },
    },
    {
      Sid: 'AllowScopedInstanceProfileCreationActions',
      Effect: 'Allow',
      Action: 'iam:CreateInstanceProfile',
      Resource: profiles,
      Condition: { StringEquals: asked, StringLike: forClass },
    },
    {
      Sid: 'AllowScopedInstanceProfileTagActions',
      Effect: 'Allow',
      Action: 'iam:TagInstanceProfile',
      Resource: profiles,
      Condition: { StringEquals: { ...owned, ...asked }, StringLike: { ...ofClass, ...forClass } },
    },
    {
      Sid: 'AllowScopedInstanceProfileActions',
      Effect: 'Allow',
      Action: ['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'],
      Resource: profiles,
      Condition: { StringEquals: owned, StringLike: ofClass },
    },
  ];
}

const DESCRIBED = [
  'CapacityReservations',
  'Images',
  'Instances',
  'InstanceStatus',
  'InstanceTypeOfferings',
  'InstanceTypes',
  'LaunchTemplates',
  'PlacementGroups',
  'SecurityGroups',
  'SpotPriceHistory',
  'Subnets',
];

function resourceDiscovery(cluster: EksCluster): readonly IamStatement[] {
  return [
    {
      Sid: 'AllowRegionalReadActions',
      Effect: 'Allow',
      Action: DESCRIBED.map((what) => `ec2:Describe${what}`),
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': cluster.region } },
    },
    {
      Sid: 'AllowSSMReadActions',
      Effect: 'Allow',
      Action: 'ssm:GetParameter',
      Resource: awsArn({ ...cluster, accountId: '' }, 'ssm', 'parameter/aws/service/*'),
    },
    { Sid: 'AllowPricingReadActions', Effect: 'Allow', Action: 'pricing:GetProducts', Resource: '*' },
    {
      Sid: 'AllowUnscopedInstanceProfileListAction',
      Effect: 'Allow',
      Action: 'iam:ListInstanceProfiles',
      Resource: '*',
    },
    {
      Sid: 'AllowInstanceProfileReadActions',
      Effect: 'Allow',
      Action: 'iam:GetInstanceProfile',
      Resource: iamArn(cluster, 'instance-profile/*'),
    },
  ];
}

/**
 * What Karpenter may do: six policies, because one would exceed the 6,144 characters of a managed policy. Everything that
 * changes something is held to tags of this cluster. Source: Karpenter 1.14, CloudFormation of the getting-started guide,
 * whose statement names are kept so that the two can be compared.
 */
export function karpenterPolicies(cluster: EksCluster, queueArn: string): readonly IamPolicy[] {
  const clusterArn = awsArn(cluster, 'eks', `cluster/${cluster.name}`);
  return [
    { name: 'node-lifecycle', statements: nodeLifecycle(cluster) },
    { name: 'iam-integration', statements: iamIntegration(cluster) },
    {
      name: 'eks-integration',
      statements: [
        {
          Sid: 'AllowAPIServerEndpointDiscovery',
          Effect: 'Allow',
          Action: 'eks:DescribeCluster',
          Resource: clusterArn,
        },
      ],
    },
    {
      name: 'interruption',
      statements: [
        {
          Sid: 'AllowInterruptionQueueActions',
          Effect: 'Allow',
          Action: ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'],
          Resource: queueArn,
        },
      ],
    },
    {
      name: 'zonal-shift',
      statements: [
        {
          Sid: 'AllowZonalShiftStatusReadOnly',
          Effect: 'Allow',
          Action: 'arc-zonal-shift:GetManagedResource',
          Resource: '*',
          Condition: { StringEquals: { 'arc-zonal-shift:ResourceIdentifier': clusterArn } },
        },
      ],
    },
    { name: 'resource-discovery', statements: resourceDiscovery(cluster) },
  ];
}
