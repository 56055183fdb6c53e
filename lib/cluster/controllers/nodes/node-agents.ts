import { LABELS } from '../../../catalog/labels.ts';
import { TAINTS } from '../../../catalog/taints.ts';

type Texts = Readonly<Record<string, string>>;
interface Condition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime: string;
}

/** The part of a core/v1 Node that agents look at. */
export interface SeenNode {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly spec: {
    readonly providerID?: string;
    readonly taints?: readonly { readonly key: string; readonly effect: string }[];
  };
  readonly status: {
    readonly capacity?: Texts;
    readonly allocatable?: Texts;
    readonly conditions?: readonly Condition[];
  };
}

/** The part of a karpenter.sh/v1 NodeClaim that says what Karpenter planned the node with. */
export interface SeenNodeClaim {
  readonly status?: {
    readonly providerID?: string;
    readonly capacity?: Texts;
    readonly allocatable?: Texts;
    readonly conditions?: readonly Condition[];
  };
}

/** A merge patch of a node, or of its status. */
export interface NodePatch {
  readonly subresource: '' | '/status';
  readonly patch: object;
}

/** How long the agents of a node take from its first readiness on. */
const AGENTS_MS = 3_000;

/** Karpenter counts it on every type that can have it, but nodes advertise it only with security groups for pods. */
const POD_INTERFACES = 'vpc.amazonaws.com/pod-eni';

/** What has to change so that a map says what is planned; devices that are not planned go. */
function difference(current: Texts = {}, planned: Texts = {}): Readonly<Record<string, string | null>> {
  const { [POD_INTERFACES]: _, ...wanted } = planned;
  const changed = Object.entries(wanted).filter(([name, quantity]) => current[name] !== quantity);
  const gone = Object.keys(current).filter((name) => name.includes('/') && !(name in wanted));
  return { ...Object.fromEntries(changed), ...Object.fromEntries(gone.map((name) => [name, null])) };
}

/**
 * A kubelet reports what its node class makes it keep back, and its device plugin what is shared out. The instances that
 * stand in for EC2's know neither, so their nodes get what Karpenter planned with, which a real node would agree with.
 */
function reportPatch({ status }: SeenNode, claim: SeenNodeClaim | undefined): readonly NodePatch[] {
  if (claim?.status?.allocatable === undefined) return [];
  const capacity = difference(status.capacity, claim.status.capacity);
  const allocatable = difference(status.allocatable, claim.status.allocatable);
  const same = Object.keys(capacity).length === 0 && Object.keys(allocatable).length === 0;
  return same ? [] : [{ subresource: '/status', patch: { status: { capacity, allocatable } } }];
}

/** Milliseconds since a condition became true; none where it is not. */
function trueSince(conditions: readonly Condition[] | undefined, type: string, now: number): number {
  const condition = conditions?.find((each) => each.type === type && each.status === 'True');
  return condition === undefined ? -1 : now - Date.parse(condition.lastTransitionTime);
}

/**
 * Agents such as the EBS CSI driver take their startup taint off once they are there, and Karpenter has registered the
 * node. Until Karpenter has seen that it wrote that down it puts the taint on again, and would drive away who is there by
 * then (karpenter #1772). Nodes on AWS are born with the label against it, these get it with the taint's end: Karpenter
 * changes no node of which it has seen an older version.
 */
function startupPatch(
  { metadata, spec: { taints = [] }, status }: SeenNode,
  claim: SeenNodeClaim | undefined,
  startup: ReadonlySet<string>,
  now: number,
): readonly NodePatch[] {
  if (trueSince(status.conditions, 'Ready', now) < AGENTS_MS) return [];
  if (claim && trueSince(claim.status?.conditions, 'Registered', now) < 0) return [];
  if (taints.some(({ key }) => key === TAINTS.karpenterUnregistered)) return [];
  const kept = taints.filter(({ key }) => !startup.has(key));
  if (kept.length === taints.length) return [];
  // With the version read, so that a taint that somebody added in between is not lost.
  const { resourceVersion } = metadata;
  const labels = claim ? { labels: { [LABELS.karpenterDoNotSyncTaints]: 'true' } } : {};
  return [{ subresource: '', patch: { metadata: { resourceVersion, ...labels }, spec: { taints: kept } } }];
}

/** What kubelet and agents of a node write next, of which kwok and the stand-in instances know nothing. */
export function agentPatches(
  node: SeenNode,
  claims: readonly SeenNodeClaim[],
  startupTaints: ReadonlySet<string>,
  now: number,
): readonly NodePatch[] {
  const { providerID } = node.spec;
  const claim = providerID ? claims.find(({ status }) => status?.providerID === providerID) : undefined;
  return [...reportPatch(node, claim), ...startupPatch(node, claim, startupTaints, now)];
}
