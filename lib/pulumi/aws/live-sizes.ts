import { getClusters } from '@pulumi/aws/eks/getClusters.js';
import { getNodeGroup } from '@pulumi/aws/eks/getNodeGroup.js';
import { getNodeGroups } from '@pulumi/aws/eks/getNodeGroups.js';
import type { InvokeOptions } from '@pulumi/pulumi';
import { type CloudBundle, onlyPlanned } from './planned.ts';

/** How many nodes a managed node group may have, and how many whoever scales wants at this moment. */
export interface LiveSize {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
}

/** Node groups that exist, by name. */
export type LiveSizes = ReadonlyMap<string, LiveSize>;

/** What EKS says of the node groups of the plan's cluster; nothing where there is no cluster yet. */
export async function liveSizes(bundle: CloudBundle, opts: InvokeOptions): Promise<LiveSizes> {
  const clusterName = onlyPlanned(bundle, 'eks-cluster')?.name;
  const { names: clusters } = await getClusters({}, opts);
  if (clusterName === undefined || !clusters.includes(clusterName)) return new Map();
  const { names } = await getNodeGroups({ clusterName }, opts);
  const sizes = await Promise.all(
    names.map(async (nodeGroupName) => {
      const { scalingConfigs } = await getNodeGroup({ clusterName, nodeGroupName }, opts);
      return scalingConfigs.map(({ minSize, maxSize, desiredSize }) => {
        const size: LiveSize = { min: minSize, max: maxSize, desired: desiredSize };
        return [nodeGroupName, size] as const;
      });
    }),
  );
  return new Map(sizes.flat());
}
