import { type AwsRequest, queryCall, restCall, sendTo, targetCall } from './aws-call.ts';
import type { KarpenterSettings, NodeClassNeeds, SelectorTerm } from './settings.ts';

type Tags = Readonly<Record<string, string>>;
type Parameters = Readonly<Record<string, string>>;

/** The value of a tag that a term with `*` selects. */
const ANY = 'any';
const SERVICE_CIDR = '10.96.0.0/16';

/** One set of tags that every term selects. */
function tagsOf(terms: readonly SelectorTerm[]): Tags {
  const entries = terms.flatMap(({ tags = {} }) => Object.entries(tags));
  return Object.fromEntries(entries.map(([key, value]) => [key, value === '*' ? ANY : value]));
}

function tagSpecification(type: string, tags: Tags): Parameters {
  const entries = Object.entries(tags).flatMap(([key, value], index) => [
    [`TagSpecification.1.Tag.${index + 1}.Key`, key],
    [`TagSpecification.1.Tag.${index + 1}.Value`, value],
  ]);
  return entries.length === 0
    ? {}
    : { 'TagSpecification.1.ResourceType': type, ...(Object.fromEntries(entries) as Parameters) };
}

async function make(port: number, call: AwsRequest): Promise<string> {
  const { status, body } = await sendTo(port, call);
  if (status >= 300) throw new Error(`The AWS API answers ${status} to ${call.path} ${call.body}:\n${body}`);
  return body;
}

function idOf(tag: string, xml: string): string {
  const id = new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(xml)?.[1];
  if (id === undefined) throw new Error(`The AWS API names no ${tag}: ${xml}`);
  return id;
}

/** A network: one subnet per zone and a security group of each name asked for, with every tag that is looked for. */
async function seedNetwork(port: number, { cluster: { region }, zones, nodeClasses }: KarpenterSettings) {
  const ec2 = (parameters: Parameters): Promise<string> => make(port, queryCall('ec2', region, parameters));
  const vpc = idOf('vpcId', await ec2({ Action: 'CreateVpc', CidrBlock: '10.0.0.0/16' }));
  const subnetTags = tagSpecification('subnet', tagsOf(nodeClasses.flatMap(({ subnets }) => subnets)));
  const subnets: string[] = [];
  for (const [index, zone] of zones.entries()) {
    const network = { VpcId: vpc, AvailabilityZone: zone, CidrBlock: `10.0.${index * 16}.0/20` };
    subnets.push(idOf('subnetId', await ec2({ Action: 'CreateSubnet', ...network, ...subnetTags })));
  }
  const terms = nodeClasses.flatMap(({ securityGroups }) => securityGroups);
  const groupTags = tagSpecification('security-group', tagsOf(terms));
  const names = new Set(terms.flatMap(({ name }) => name ?? []));
  for (const name of names.size > 0 ? names : ['nodes']) {
    const group = { VpcId: vpc, GroupName: name, GroupDescription: 'nodes' };
    await ec2({ Action: 'CreateSecurityGroup', ...group, ...groupTags });
  }
  return subnets;
}

async function seedIdentity(port: number, region: string, nodeClasses: readonly NodeClassNeeds[]): Promise<void> {
  const iam = (parameters: Parameters): Promise<string> => make(port, queryCall('iam', region, parameters));
  const trust = { Version: '2012-10-17', Statement: [] };
  for (const name of new Set(nodeClasses.flatMap(({ role }) => role ?? []))) {
    await iam({ Action: 'CreateRole', RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) });
  }
  for (const name of new Set(nodeClasses.flatMap(({ instanceProfile }) => instanceProfile ?? []))) {
    await iam({ Action: 'CreateInstanceProfile', InstanceProfileName: name });
  }
}

/**
 * Makes what Karpenter looks for in AWS: network, node roles, the EKS cluster, the queue of interruptions. What was there
 * is gone, and identifiers are the same every time: another one would make running nodes drift after a restart.
 */
export async function seedAws(port: number, settings: KarpenterSettings): Promise<void> {
  const { cluster, kubernetesVersion, nodeClasses, values } = settings;
  const { region } = cluster;
  const plain = { method: 'POST', headers: {}, body: '' } as const;
  await make(port, { ...plain, path: '/moto-api/reset' });
  await make(port, { ...plain, path: '/moto-api/seed?a=1' });
  const subnetIds = await seedNetwork(port, settings);
  await seedIdentity(port, region, nodeClasses);
  const eks = {
    name: cluster.name,
    version: kubernetesVersion,
    roleArn: `arn:aws:iam::${cluster.accountId}:role/${cluster.name}`,
    resourcesVpcConfig: { subnetIds },
    kubernetesNetworkConfig: { serviceIpv4Cidr: SERVICE_CIDR },
  };
  await make(port, restCall('eks', region, '/clusters', eks));
  const queue = (values.settings as { readonly interruptionQueue?: string } | undefined)?.interruptionQueue;
  if (queue) await make(port, targetCall('sqs', region, 'AmazonSQS.CreateQueue', { QueueName: queue }));
}
