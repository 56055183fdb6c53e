import { LABELS } from '../catalog/labels.ts';
import { EC2_NODE_CLASS } from '../crds/karpenter.k8s.aws.ts';
import type { KarpenterNodePoolSpec, KarpenterRequirement, KarpenterTaint } from '../crds/karpenter.sh.ts';
import type { Platform } from '../model/platform.ts';
import type { Taint } from '../model/taint.ts';
import { karpenterDisruption, karpenterExpiry } from './karpenter-disruption.ts';
import { karpenterLimits } from './karpenter-limits.ts';
import type { Ec2Pool } from './node-source.ts';

const karpenterTaint = ({ key, value, effect }: Taint): KarpenterTaint => ({
  key,
  ...(value === '' ? {} : { value }),
  effect,
});

function requirements({ pool, capacity, zones }: Ec2Pool): readonly KarpenterRequirement[] {
  const within = (key: string, values: readonly string[]): KarpenterRequirement => ({ key, operator: 'In', values });
  return [
    within(LABELS.instanceType, capacity.instanceTypes),
    within(LABELS.karpenterCapacityType, capacity.capacityTypes),
    within(LABELS.zone, zones),
    within(LABELS.architecture, [...new Set(pool.nodes.map(({ architecture }) => architecture))].sort()),
    within(LABELS.operatingSystem, ['linux']),
  ];
}

/** karpenter.sh/v1 NodePool of a pool; its EC2NodeClass has the same name. */
export function karpenterNodePoolSpec({ environment }: Platform, source: Ec2Pool): KarpenterNodePoolSpec {
  const { pool } = source;
  const { group, kind } = EC2_NODE_CLASS;
  return {
    template: {
      metadata: { labels: pool.labels },
      spec: {
        nodeClassRef: { group, kind, name: pool.name },
        ...(pool.taints.length === 0 ? {} : { taints: pool.taints.map(karpenterTaint) }),
        ...(environment.startupTaints.length === 0
          ? {}
          : { startupTaints: environment.startupTaints.map(karpenterTaint) }),
        requirements: requirements(source),
        ...karpenterExpiry(pool.spec.disruption),
      },
    },
    disruption: karpenterDisruption(pool.spec.disruption),
    limits: karpenterLimits(source),
  };
}
