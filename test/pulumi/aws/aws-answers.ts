import type { runtime } from '@pulumi/pulumi';

/** What AWS answers beside what it was told, as far as other resources use it. */
export function awsAnswers({ type, name, inputs }: runtime.MockResourceArgs): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'aws:eks/cluster:Cluster':
      return {
        endpoint: `https://${name}.example.org`,
        certificateAuthority: { data: 'Q0E=' },
        vpcConfig: { ...inputs.vpcConfig, clusterSecurityGroupId: `sg-of-${name}` },
      };
    case 'aws:eks/nodeGroup:NodeGroup':
      return { resources: [{ autoscalingGroups: [{ name: `eks-${inputs.nodeGroupName}-uuid` }] }] };
    case 'aws:rds/instance:Instance':
      return { address: `${inputs.identifier}.example.org` };
    case 'aws:ec2/launchTemplate:LaunchTemplate':
      return { latestVersion: 7 };
    case 'aws:sqs/queue:Queue':
      return { url: `https://sqs.example.org/${inputs.name}` };
    default:
      return {};
  }
}

/** Sizes of node groups that exist, by name; with none there is no cluster either. */
export type LiveGroups = Readonly<
  Record<string, { readonly minSize: number; readonly maxSize: number; readonly desiredSize: number }>
>;

/** What AWS answers to questions. */
export function awsFunctionAnswers(
  token: string,
  { nodeGroupName }: Readonly<Record<string, unknown>>,
  groups: LiveGroups = {},
): Readonly<Record<string, unknown>> {
  const names = Object.keys(groups);
  switch (token) {
    case 'aws:eks/getClusters:getClusters':
      return { names: names.length > 0 ? ['test'] : [] };
    case 'aws:eks/getNodeGroups:getNodeGroups':
      return { names };
    case 'aws:eks/getNodeGroup:getNodeGroup':
      return { scalingConfigs: [groups[String(nodeGroupName)]] };
    default:
      return { value: '1.36.3-20260724' };
  }
}
