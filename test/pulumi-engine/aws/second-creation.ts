/** What AWS does when something is asked for a second time. */
export type SecondCreation =
  /** There is one with these inputs: it says so. */
  | { readonly kind: 'refused'; readonly identity: string }
  /** There is one with these inputs: it is the answer. */
  | { readonly kind: 'adopted'; readonly identity: string }
  /** There are two. */
  | { readonly kind: 'doubled' };

type Rule = readonly ['refused' | 'adopted', ...string[]] | 'doubled';

/**
 * By the inputs that identify it (AWS API references: the errors of the call that makes it). Adopted is what is put or
 * attached, and a queue whose attributes are the same.
 */
const RULES: Readonly<Record<string, Rule>> = {
  'autoscaling/tag:Tag': ['adopted', 'autoscalingGroupName', 'tag'],
  'backup/plan:Plan': 'doubled',
  'backup/selection:Selection': 'doubled',
  'backup/vault:Vault': ['refused', 'name'],
  'cloudwatch/eventRule:EventRule': ['adopted', 'name'],
  'cloudwatch/eventTarget:EventTarget': ['adopted', 'rule', 'targetId'],
  'cloudwatch/logGroup:LogGroup': ['refused', 'name'],
  'ec2/eip:Eip': 'doubled',
  // A VPC has one.
  'ec2/internetGateway:InternetGateway': ['refused', 'vpcId'],
  'ec2/launchTemplate:LaunchTemplate': ['refused', 'name'],
  // An address has one.
  'ec2/natGateway:NatGateway': ['refused', 'allocationId'],
  'ec2/route:Route': ['refused', 'routeTableId', 'destinationCidrBlock'],
  'ec2/routeTable:RouteTable': 'doubled',
  'ec2/routeTableAssociation:RouteTableAssociation': ['refused', 'subnetId'],
  // Without a stated name the provider makes one up each time.
  'ec2/securityGroup:SecurityGroup': 'doubled',
  'ec2/subnet:Subnet': ['refused', 'vpcId', 'cidrBlock'],
  'ec2/tag:Tag': ['adopted', 'resourceId', 'key'],
  'ec2/vpc:Vpc': 'doubled',
  // Of a gateway the routes exist, of interfaces the private names.
  'ec2/vpcEndpoint:VpcEndpoint': ['refused', 'vpcId', 'serviceName'],
  'ecr/lifecyclePolicy:LifecyclePolicy': ['adopted', 'repository'],
  'ecr/repository:Repository': ['refused', 'name'],
  'efs/fileSystem:FileSystem': ['refused', 'creationToken'],
  'efs/fileSystemPolicy:FileSystemPolicy': ['adopted', 'fileSystemId'],
  'efs/mountTarget:MountTarget': ['refused', 'fileSystemId', 'subnetId'],
  'eks/accessEntry:AccessEntry': ['refused', 'clusterName', 'principalArn'],
  'eks/accessPolicyAssociation:AccessPolicyAssociation': ['adopted', 'clusterName', 'principalArn', 'policyArn'],
  'eks/addon:Addon': ['refused', 'clusterName', 'addonName'],
  'eks/cluster:Cluster': ['refused', 'name'],
  'eks/nodeGroup:NodeGroup': ['refused', 'clusterName', 'nodeGroupName'],
  'eks/podIdentityAssociation:PodIdentityAssociation': ['refused', 'clusterName', 'namespace', 'serviceAccount'],
  'iam/policy:Policy': ['refused', 'name'],
  'iam/role:Role': ['refused', 'name'],
  'iam/rolePolicyAttachment:RolePolicyAttachment': ['adopted', 'role', 'policyArn'],
  'kms/alias:Alias': ['refused', 'name'],
  'kms/key:Key': 'doubled',
  'rds/instance:Instance': ['refused', 'identifier'],
  'rds/subnetGroup:SubnetGroup': ['refused', 'name'],
  'sqs/queue:Queue': ['adopted', 'name'],
  'sqs/queuePolicy:QueuePolicy': ['adopted', 'queueUrl'],
  'vpc/securityGroupIngressRule:SecurityGroupIngressRule': [
    'refused',
    'securityGroupId',
    'cidrIpv4',
    'referencedSecurityGroupId',
    'fromPort',
  ],
};

/** @throws Error where the type has no rule, or what identifies it is not stated. */
export function secondCreation(token: string, inputs: Readonly<Record<string, unknown>>): SecondCreation {
  const rule = RULES[token.replace(/^aws:/, '')];
  if (rule === undefined) throw new Error(`The stand-in does not know what AWS does with a second ${token}.`);
  if (rule === 'doubled') return { kind: 'doubled' };
  const [kind, first, ...others] = rule;
  if (first !== undefined && inputs[first] === undefined) {
    throw new Error(
      `A ${token} without "${first}" gets another name each time: whoever is interrupted leaves one behind.`,
    );
  }
  return { kind, identity: JSON.stringify([first, ...others].map((property) => inputs[property ?? ''] ?? null)) };
}
