import { CLOUD_TAGS } from '../catalog/labels.ts';
import { canonicalCidr, splitBlock } from '../core/ipv4.ts';
import type { PlannedSubnet } from '../model/cloud-plan.ts';

export interface SubnetPlanRequest {
  readonly cluster: string;
  readonly cidr: string;
  readonly zones: readonly string[];
  /** Tags of the private subnets, beside those that say what they are. */
  readonly privateTags: Readonly<Record<string, string>>;
}

/**
 * The subnets of a VPC: a large private one per zone for nodes and pods, and small public ones for load balancers and NAT
 * gateways, all in the last part of the block. Up to three zones share four parts, so that a second or third zone moves
 * no subnet that exists; from the fourth zone on there are eight.
 */
export function subnetPlan({ cluster, cidr, zones, privateTags }: SubnetPlanRequest): readonly PlannedSubnet[] {
  const parts = splitBlock(canonicalCidr(cidr), zones.length < 4 ? 4 : 8);
  const last = parts.at(-1) ?? cidr;
  const publicBlocks = splitBlock(last, parts.length);
  const subnet = (kind: 'private' | 'public', blocks: readonly string[], tags: Readonly<Record<string, string>>) =>
    zones.map((zone, index): PlannedSubnet => {
      const name = `${kind}-${zone}`;
      const named = { [CLOUD_TAGS.name]: `${cluster}-${name}`, ...tags };
      return { name, zone, cidr: blocks[index] ?? cidr, public: kind === 'public', tags: named };
    });
  return [
    ...subnet('private', parts, { [CLOUD_TAGS.internalLoadBalancers]: '1', ...privateTags }),
    ...subnet('public', publicBlocks, { [CLOUD_TAGS.publicLoadBalancers]: '1' }),
  ];
}
