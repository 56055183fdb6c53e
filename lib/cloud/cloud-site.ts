import { CLOUD_TAGS } from '../catalog/labels.ts';
import type { Cloud } from '../model/cloud.ts';
import type { EksCluster } from '../model/cluster.ts';
import type { Platform } from '../model/platform.ts';

/** A platform whose cluster Atelier makes, with the parts that all constructs of the cloud read. */
export interface CloudSite {
  readonly platform: Platform;
  readonly cluster: EksCluster;
  readonly cloud: Cloud;
}

/** The site of a platform; `undefined` where the cluster exists without Atelier's doing. */
export function cloudSite(platform: Platform): CloudSite | undefined {
  const { cluster } = platform.environment;
  if (cluster.kind !== 'eks' || cluster.cloud === undefined) return undefined;
  return { platform, cluster, cloud: cluster.cloud };
}

/** Whether things are encrypted by the key of the environment. */
export function hasOwnKey({ cloud }: CloudSite): boolean {
  return cloud.encryption === 'own-key';
}

/** Whether what holds data is kept from being deleted. */
export function isProtected({ cloud }: CloudSite): boolean {
  return cloud.deletion === 'protected';
}

/** Tags by which Karpenter finds the subnets and the security group of its nodes; none where it does not launch them. */
export function discoveryTags({ cluster, platform }: CloudSite): Readonly<Record<string, string>> {
  if (platform.environment.autoscaler.kind !== 'karpenter') return {};
  return { [CLOUD_TAGS.karpenterDiscovery]: cluster.name };
}
