import { findInstanceType } from '../../catalog/instance-types.ts';
import { LABELS } from '../../catalog/labels.ts';
import { NVIDIA_DOMAIN } from '../../catalog/resource-names.ts';
import { TAINTS } from '../../catalog/taints.ts';
import { describeBytes, parseBytes, parseMillicpu } from '../../core/quantity.ts';
import { isTrue, type SeenNode, type SeenNodeClaim } from './seen.ts';

/** On-demand price of us-east-1 in USD per hour, where the catalogue has one. */
export function hourlyPrice({ metadata: { labels = {} } }: SeenNode | SeenNodeClaim): number | undefined {
  return findInstanceType(labels[LABELS.instanceType] ?? '')?.usdPerHour;
}

function price(item: SeenNode | SeenNodeClaim): string {
  const usd = hourlyPrice(item);
  return usd === undefined ? '' : `, ${usd.toFixed(3)} USD/h`;
}

/** `g6.xlarge, on-demand, eu-central-1a, 0.805 USD/h`; undefined while Karpenter has not chosen. */
export function launchedInstance(claim: SeenNodeClaim): string | undefined {
  const { labels = {} } = claim.metadata;
  const type = labels[LABELS.instanceType];
  if (type === undefined || claim.status?.providerID === undefined) return undefined;
  return `${type}, ${labels[LABELS.karpenterCapacityType]}, ${labels[LABELS.zone]}${price(claim)}`;
}

/** `3.92 CPU, 13.8 GiB, nvidia.com/gpu: 1` */
export function offered({ status: { allocatable = {} } }: SeenNode): string {
  const devices = Object.entries(allocatable).filter(
    ([name, count]) => name.startsWith(NVIDIA_DOMAIN) && count !== '0',
  );
  return [
    `${(parseMillicpu(allocatable.cpu ?? '') ?? 0) / 1000} CPU`,
    describeBytes(parseBytes(allocatable.memory ?? '') ?? 0),
    ...devices.map(([name, count]) => `${name}: ${count}`),
  ].join(', ');
}

/** Taints of a node that only say that it starts: its agents take them off. */
export function startingTaints({ spec: { taints = [] } }: SeenNode, startup: ReadonlySet<string>): readonly string[] {
  return taints.flatMap(({ key }) => (startup.has(key) ? [key] : []));
}

/** Whether pods that tolerate the pool's own taints can run there. */
export function isOpen(node: SeenNode, startup: ReadonlySet<string>): boolean {
  const { taints = [] } = node.spec;
  return (
    isTrue(node.status.conditions, 'Ready') &&
    startingTaints(node, startup).length === 0 &&
    !taints.some(({ key }) => key === TAINTS.karpenterUnregistered || key.startsWith('node.kubernetes.io/'))
  );
}

/** Whether an autoscaler has decided that the node goes. */
export function isLeaving({ spec: { taints = [] } }: SeenNode): boolean {
  return taints.some(({ key }) => key === TAINTS.karpenterDisrupted || key === TAINTS.autoscalerToBeDeleted);
}
