import type { CloudResourceRecord } from './inventory.ts';

type Values = Readonly<Record<string, unknown>>;

const ofType =
  (type: string) =>
  ({ token }: CloudResourceRecord): boolean =>
    token === `aws:eks/${type}`;

/** What EKS says of the clusters and node groups that exist; nothing to questions about something else. */
export function eksAnswer(
  token: string,
  { clusterName, nodeGroupName }: Values,
  existing: readonly CloudResourceRecord[],
): Values {
  const groups = existing
    .filter(ofType('nodeGroup:NodeGroup'))
    .map(({ inputs }) => inputs)
    .filter((group) => group.clusterName === clusterName);
  switch (token) {
    case 'aws:eks/getClusters:getClusters':
      return { names: existing.filter(ofType('cluster:Cluster')).map(({ inputs }) => inputs.name) };
    case 'aws:eks/getNodeGroups:getNodeGroups':
      return { names: groups.map((group) => group.nodeGroupName) };
    case 'aws:eks/getNodeGroup:getNodeGroup': {
      const group = groups.find((each) => each.nodeGroupName === nodeGroupName);
      if (!group) throw new Error(`no node group ${nodeGroupName} in ${clusterName}`);
      return { scalingConfigs: [group.scalingConfig] };
    }
    default:
      return {};
  }
}
