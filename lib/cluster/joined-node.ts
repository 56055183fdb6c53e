import type { Bundle, BundleCloudResource, Manifest } from '../bundle/bundle.ts';
import { LABELS } from '../catalog/labels.ts';
import { EKS_TAINT_EFFECTS } from '../catalog/taints.ts';
import type { JsonObject } from '../core/json.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { NodeResources } from '../model/allocatable.ts';
import type { NodeGroupSpec, StaticNodeSpec } from '../model/cloud-plan.ts';
import type { GpuDevices } from '../model/gpu-devices.ts';
import type { Platform } from '../model/platform.ts';

type Texts = Readonly<Record<string, string>>;
type NodeTaint = NodeGroupSpec['taints'][number];

export type GroupResource = BundleCloudResource & { readonly spec: NodeGroupSpec };
type StaticNodeResource = BundleCloudResource & { readonly spec: StaticNodeSpec };

/** The managed node groups of a bundle. */
export function groupsOf({ cloud }: Pick<Bundle, 'cloud'>): readonly GroupResource[] {
  return cloud.filter(
    ({ kind }) => kind === 'eks-managed-node-group',
  ) as readonly unknown[] as readonly GroupResource[];
}

function staticNodesOf({ cloud }: Bundle): readonly StaticNodeResource[] {
  return cloud.filter(({ kind }) => kind === 'static-node') as readonly unknown[] as readonly StaticNodeResource[];
}

function quantities(resources: NodeResources, devices: GpuDevices): Texts {
  return {
    cpu: formatMillicpu(resources.millicpu),
    memory: formatBytes(resources.memoryBytes),
    'ephemeral-storage': formatBytes(resources.ephemeralBytes),
    pods: String(resources.pods),
    ...Object.fromEntries(Object.entries(devices).map(([device, count]) => [device, String(count)])),
  };
}

/** The API leaves an empty value out. */
const apiTaints = (taints: readonly NodeTaint[]): readonly JsonObject[] =>
  taints.map(({ value, ...taint }) => (value === '' ? taint : { ...taint, value }));

function node(
  name: string,
  labels: Texts,
  taints: readonly NodeTaint[],
  capacity: Texts,
  allocatable: Texts,
): Manifest & { readonly spec: JsonObject; readonly status: JsonObject } {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { [LABELS.hostname]: name, [LABELS.operatingSystem]: 'linux', ...labels } },
    spec: { taints: apiTaints(taints) },
    status: { capacity, allocatable },
  };
}

export type JoinedNode = ReturnType<typeof node>;

const KUBERNETES_EFFECTS: Texts = Object.fromEntries(
  Object.entries(EKS_TAINT_EFFECTS).map(([effect, eks]) => [eks, effect]),
);

const kubernetesTaints = ({ taints }: NodeGroupSpec): readonly NodeTaint[] =>
  taints.map((taint) => ({ ...taint, effect: KUBERNETES_EFFECTS[taint.effect] ?? taint.effect }));

/** Taints of a group's nodes when they join, as the API writes them. */
export const groupTaints = (group: NodeGroupSpec): readonly JsonObject[] => apiTaints(kubernetesTaints(group));

/** The node that a managed group starts: number 1 in its first zone, number 2 in the next one. */
export function groupNode({ environment, pools }: Platform, { name, spec }: GroupResource, number: number): JoinedNode {
  const [type = ''] = spec.instanceTypes;
  const machine = pools.find((pool) => pool.name === spec.pool)?.nodes.find((each) => each.type === type);
  if (machine === undefined) throw new Error(`Node group ${name} has no instance type of pool ${spec.pool}.`);
  const { cluster } = environment;
  const labels = {
    ...spec.labels,
    [LABELS.architecture]: machine.architecture,
    [LABELS.instanceType]: type,
    [LABELS.zone]: spec.zones[(number - 1) % spec.zones.length] ?? '',
    ...(cluster.kind === 'eks' ? { [LABELS.region]: cluster.region } : {}),
    [LABELS.eksNodeGroup]: name,
    [LABELS.eksCapacityType]: spec.capacityType,
  };
  const { capacity, allocatable, devices } = machine;
  return node(
    `${name}-${number}`,
    labels,
    kubernetesTaints(spec),
    quantities(capacity, devices),
    quantities(allocatable, devices),
  );
}

function staticNode({ environment, pools }: Platform, { name, spec }: StaticNodeResource, index: number): JoinedNode {
  const { zones } = environment.cluster;
  const machine = pools.find((pool) => pool.name === spec.pool)?.nodes[0];
  const labels = {
    ...spec.labels,
    [LABELS.architecture]: machine?.architecture ?? 'amd64',
    // Nobody says which machine stands where, so they are dealt out.
    [LABELS.zone]: zones[index % zones.length] ?? '',
  };
  const { allocatable = {} } = spec;
  return node(name, labels, spec.taints, allocatable, allocatable);
}

/** The nodes that stand without an autoscaler's doing: machines that exist, and the least of every managed group. */
export function standingNodes(bundle: Bundle): readonly JoinedNode[] {
  const { platform } = bundle;
  const groups = groupsOf(bundle).flatMap((group) =>
    Array.from({ length: group.spec.scaling.min }, (_, index) => groupNode(platform, group, index + 1)),
  );
  return [...staticNodesOf(bundle).map((each, index) => staticNode(platform, each, index)), ...groups];
}
