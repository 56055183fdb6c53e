import { CLOUD_TAGS, clusterTag } from '../catalog/labels.ts';
import { awsArn, type EksCluster } from '../model/cluster.ts';
import type { IamPolicy, IamStatement } from '../model/iam-policy.ts';

type Condition = NonNullable<IamStatement['Condition']>;

const CLUSTER = CLOUD_TAGS.loadBalancerCluster;
const REQUESTED = `aws:RequestTag/${CLUSTER}`;

/** `elasticloadbalancing:CreateRule` and so on. */
const of = (service: string, ...actions: readonly string[]): readonly string[] =>
  actions.map((action) => `${service}:${action}`);

const described = (service: string, ...what: readonly string[]): readonly string[] =>
  of(service, ...what.map((each) => `Describe${each}`));

/** What the controller made for this cluster. */
const made = ({ name }: EksCluster): Condition => ({ StringEquals: { [`aws:ResourceTag/${CLUSTER}`]: name } });

/** What it makes and says is for this cluster. */
const forCluster = ({ name }: EksCluster): Condition => ({ StringEquals: { [REQUESTED]: name } });

/** Tags of what it made, but for the one that says whose it is. */
const keepsOwner = (cluster: EksCluster): Condition => ({ ...made(cluster), Null: { [REQUESTED]: 'true' } });

/** ARN patterns of kinds of load balancing resources: `…:listener/app/*`. */
function balancingArns(cluster: EksCluster, ...patterns: readonly string[]): readonly string[] {
  return patterns.map((pattern) => awsArn(cluster, 'elasticloadbalancing', pattern));
}

const READ: IamStatement = {
  Sid: 'ReadNetworkAndLoadBalancers',
  Effect: 'Allow',
  Action: [
    ...described('ec2', 'AccountAttributes', 'Addresses', 'AvailabilityZones', 'CoipPools', 'Instances'),
    ...described('ec2', 'InternetGateways', 'IpamPools', 'NetworkInterfaces', 'RouteTables', 'SecurityGroups'),
    ...described('ec2', 'Subnets', 'Tags', 'VpcPeeringConnections', 'Vpcs'),
    ...of('ec2', 'GetCoipPoolUsage', 'GetSecurityGroupsForVpc'),
    ...described('elasticloadbalancing', 'CapacityReservation', 'ListenerAttributes', 'ListenerCertificates'),
    ...described('elasticloadbalancing', 'Listeners', 'LoadBalancerAttributes', 'LoadBalancers', 'Rules'),
    ...described('elasticloadbalancing', 'SSLPolicies', 'Tags', 'TargetGroupAttributes', 'TargetGroups'),
    ...described('elasticloadbalancing', 'TargetHealth', 'TrustStores'),
  ],
  Resource: '*',
};

const PROTECTION: IamStatement = {
  Sid: 'FindCertificatesAndAttachProtection',
  Effect: 'Allow',
  Action: [
    ...of('acm', 'DescribeCertificate', 'ListCertificates'),
    ...of('cognito-idp', 'DescribeUserPoolClient'),
    ...of('iam', 'GetServerCertificate', 'ListServerCertificates'),
    ...of('shield', 'CreateProtection', 'DeleteProtection', 'DescribeProtection', 'GetSubscriptionState'),
    ...['waf-regional', 'wafv2'].flatMap((firewall) =>
      of(firewall, 'AssociateWebACL', 'DisassociateWebACL', 'GetWebACL', 'GetWebACLForResource'),
    ),
  ],
  Resource: '*',
};

const FIRST_LOAD_BALANCER: IamStatement = {
  Sid: 'MakeRoleOfServiceOnce',
  Effect: 'Allow',
  Action: 'iam:CreateServiceLinkedRole',
  Resource: '*',
  Condition: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
};

const CHANGE_RULES = of('ec2', 'AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress');

function securityGroups(cluster: EksCluster): readonly IamStatement[] {
  const groups = awsArn(cluster, 'ec2', 'security-group/*');
  const making: Condition = {
    StringEquals: { ...forCluster(cluster).StringEquals, 'ec2:CreateAction': 'CreateSecurityGroup' },
  };
  return [
    {
      // Pods are targets by their own address, so their nodes' group has to let the load balancer in.
      Sid: 'OpenNodesToLoadBalancers',
      Effect: 'Allow',
      Action: CHANGE_RULES,
      Resource: '*',
      Condition: { Null: { [`aws:ResourceTag/${clusterTag(cluster.name)}`]: 'false' } },
    },
    { Sid: 'MakeGroups', Effect: 'Allow', Action: 'ec2:CreateSecurityGroup', Resource: '*' },
    { Sid: 'TagNewGroups', Effect: 'Allow', Action: 'ec2:CreateTags', Resource: groups, Condition: making },
    {
      Sid: 'TagOwnGroups',
      Effect: 'Allow',
      Action: of('ec2', 'CreateTags', 'DeleteTags'),
      Resource: groups,
      Condition: keepsOwner(cluster),
    },
    {
      Sid: 'ChangeOwnGroups',
      Effect: 'Allow',
      Action: [...CHANGE_RULES, 'ec2:DeleteSecurityGroup'],
      Resource: '*',
      Condition: made(cluster),
    },
  ];
}

function loadBalancers(cluster: EksCluster): readonly IamStatement[] {
  const service = 'elasticloadbalancing';
  const balancers = balancingArns(cluster, 'targetgroup/*/*', 'loadbalancer/net/*/*', 'loadbalancer/app/*/*');
  const making: Condition = {
    StringEquals: {
      ...forCluster(cluster).StringEquals,
      'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'],
    },
  };
  return [
    {
      Sid: 'MakeLoadBalancers',
      Effect: 'Allow',
      Action: of(service, 'CreateLoadBalancer', 'CreateTargetGroup'),
      Resource: '*',
      Condition: forCluster(cluster),
    },
    {
      Sid: 'ChangeListeners',
      Effect: 'Allow',
      Action: [
        ...of(service, 'CreateListener', 'DeleteListener', 'CreateRule', 'DeleteRule', 'SetWebAcl', 'ModifyListener'),
        ...of(service, 'AddListenerCertificates', 'RemoveListenerCertificates', 'ModifyRule', 'SetRulePriorities'),
      ],
      Resource: '*',
    },
    {
      Sid: 'TagNewLoadBalancers',
      Effect: 'Allow',
      Action: 'elasticloadbalancing:AddTags',
      Resource: balancers,
      Condition: making,
    },
    {
      Sid: 'TagOwnLoadBalancers',
      Effect: 'Allow',
      Action: of(service, 'AddTags', 'RemoveTags'),
      Resource: balancers,
      Condition: keepsOwner(cluster),
    },
    {
      Sid: 'TagListeners',
      Effect: 'Allow',
      Action: of(service, 'AddTags', 'RemoveTags'),
      Resource: balancingArns(
        cluster,
        ...['listener/net', 'listener/app', 'listener-rule/net', 'listener-rule/app'].map((kind) => `${kind}/*/*/*`),
      ),
    },
    {
      Sid: 'ChangeOwnLoadBalancers',
      Effect: 'Allow',
      Action: [
        ...of(service, 'ModifyLoadBalancerAttributes', 'SetIpAddressType', 'SetSecurityGroups', 'SetSubnets'),
        ...of(service, 'DeleteLoadBalancer', 'ModifyTargetGroup', 'ModifyTargetGroupAttributes', 'DeleteTargetGroup'),
        ...of(service, 'ModifyListenerAttributes', 'ModifyCapacityReservation', 'ModifyIpPools'),
      ],
      Resource: '*',
      Condition: made(cluster),
    },
    {
      Sid: 'ChooseTargets',
      Effect: 'Allow',
      Action: of(service, 'RegisterTargets', 'DeregisterTargets'),
      Resource: balancingArns(cluster, 'targetgroup/*/*'),
    },
  ];
}

/**
 * What the AWS Load Balancer Controller may do. Source: docs/install/iam_policy.json of version 3.5.0, whose actions these
 * are. Narrower in three ways: what carries the tag of some cluster there carries that of this cluster here; nodes are
 * opened by their cluster tag (docs/deploy/installation.md, "Configure IAM"); and ARNs are of this account and region.
 */
export function awsLoadBalancerPolicies(cluster: EksCluster): readonly IamPolicy[] {
  return [
    { name: 'discovery', statements: [READ, PROTECTION, FIRST_LOAD_BALANCER] },
    { name: 'security-groups', statements: securityGroups(cluster) },
    { name: 'load-balancers', statements: loadBalancers(cluster) },
  ];
}
