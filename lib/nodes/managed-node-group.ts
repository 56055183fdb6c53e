import { LABELS } from '../catalog/labels.ts';
import { EKS_TAINT_EFFECTS } from '../catalog/taints.ts';
import { fitName } from '../core/names.ts';
import type { NodeGroupSpec } from '../model/cloud-plan.ts';
import { cloudTags } from '../model/cloud-tags.ts';
import { nodeRoleName } from '../model/cluster.ts';
import type { Platform } from '../model/platform.ts';
import { eksCapacityType } from './capacity-type.ts';
import { type GroupSize, sizesByZone } from './group-sizes.ts';
import { METADATA_OPTIONS } from './instance-metadata.ts';
import { managedNodeBootstrap } from './node-bootstrap.ts';
import { managedNodeImage } from './node-image.ts';
import { joinTaints } from './node-join.ts';
import type { Ec2Pool } from './node-source.ts';
import { nodeVolumes } from './node-volumes.ts';
import { templateTags } from './template-tags.ts';

/** An EKS managed node group with its launch template, as data. */
export interface ManagedNodeGroup {
  readonly name: string;
  readonly spec: NodeGroupSpec;
}

function groupSpec(
  platform: Platform,
  source: Ec2Pool,
  size: GroupSize,
  tags: NodeGroupSpec['autoscalingTags'],
): NodeGroupSpec {
  const { pool, capacity, cluster } = source;
  const bootstrap = managedNodeBootstrap(platform, source);
  return {
    cluster: cluster.name,
    pool: pool.name,
    nodeRole: nodeRoleName(cluster),
    zones: size.zones,
    instanceTypes: capacity.instanceTypes,
    capacityType: eksCapacityType(pool),
    // `desired` is where the group starts; from then on it belongs to whoever scales.
    scaling: { min: size.min, max: size.max, desired: size.min },
    labels: pool.labels,
    taints: joinTaints(platform, pool).map(({ key, value, effect }) => ({
      key,
      value,
      effect: EKS_TAINT_EFFECTS[effect],
    })),
    image: managedNodeImage(platform, source),
    volumes: nodeVolumes(source),
    metadataOptions: METADATA_OPTIONS,
    ...(bootstrap === undefined ? {} : { bootstrap }),
    tags: { ...cloudTags(platform.environment), [LABELS.nodePool]: pool.name },
    ...(tags === undefined ? {} : { autoscalingTags: tags }),
  };
}

/**
 * The node groups of a pool: one per zone where cluster-autoscaler resizes them, because it looks at the first zone of a
 * group only; otherwise one over all zones, whose size nobody changes.
 */
export function managedNodeGroups(platform: Platform, source: Ec2Pool): readonly ManagedNodeGroup[] {
  const { pool, zones } = source;
  if (platform.environment.autoscaler.kind !== 'cluster-autoscaler') {
    const size = { zones, min: pool.min, max: pool.max };
    return [{ name: pool.name, spec: groupSpec(platform, source, size, undefined) }];
  }
  return sizesByZone(zones, pool.min, pool.max).map((size) => {
    const zone = size.zones.join();
    const name = fitName(`${pool.name}-${zone}`);
    return { name, spec: groupSpec(platform, source, size, templateTags(platform, pool, zone)) };
  });
}
