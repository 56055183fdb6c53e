import { gpuModel } from '../catalog/gpus.ts';
import { findInstanceType, type InstanceType } from '../catalog/instance-types.ts';
import { LABELS } from '../catalog/labels.ts';
import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import { TAINTS } from '../catalog/taints.ts';
import type { Path } from '../core/path.ts';
import { GiB } from '../core/quantity.ts';
import { allocatable, type NodeResources, staticAllocatable } from './allocatable.ts';
import { type DaemonOverhead, daemonOverhead } from './daemon-set.ts';
import type { Environment } from './environment.ts';
import { migConfigName, sharingConfigName } from './gpu-configuration.ts';
import { type GpuDevices, gpuDevices } from './gpu-devices.ts';
import { managedPodCap } from './managed-pod-cap.ts';
import type { NodePool } from './node-pool.ts';
import { type Taint, type Toleration, tolerationOf } from './taint.ts';

/** A key and value that a session may choose and a node must carry. */
export interface PlacementConstraint {
  readonly name: string;
  readonly value: string;
}

/** One kind of node that a pool can have. */
export interface PoolNode {
  /** EC2 instance type, or the pool's name where the nodes are static. */
  readonly type: string;
  readonly architecture: 'amd64' | 'arm64';
  readonly capacity: NodeResources;
  /** What Kubernetes offers to pods, DaemonSets included. */
  readonly allocatable: NodeResources;
  /** Devices by resource name, as the device plugin will advertise them. */
  readonly devices: GpuDevices;
  /** On-demand price in us-east-1, where the catalogue knows one. */
  readonly usdPerHour?: number;
}

/** A node pool with everything that follows from it. Each fact exists here once; every rendering reads it here. */
export interface Pool {
  readonly at: Path;
  readonly name: string;
  readonly spec: NodePool;
  /** Labels that every node of the pool carries from its first second: also what an empty pool promises. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** What a pod must say to be let in: one toleration per taint. */
  readonly tolerations: readonly Toleration[];
  /** What a pod must say to be drawn here and nowhere else. */
  readonly constraint: PlacementConstraint;
  readonly gpuModel?: string;
  readonly nodes: readonly PoolNode[];
  readonly overhead: DaemonOverhead;
  /** Whether an autoscaler adds and removes nodes. */
  readonly elastic: boolean;
  readonly min: number;
  readonly max: number;
}

function ec2Node(environment: Environment, pool: NodePool, type: InstanceType): PoolNode {
  const spec = pool.capacity.kind === 'ec2' ? pool.capacity : undefined;
  const podCap = managedPodCap(environment, pool, type);
  const { capacity, allocatable: usable } = allocatable(type, {
    rootVolumeGiB: Math.floor((spec?.rootVolume.size ?? 0) / GiB),
    // The renderings state kube-reserved memory for the cap; kubelet would keep it for all addresses otherwise.
    ...(spec?.maxPods === undefined ? {} : { maxPods: spec.maxPods, memoryReservedFor: 'max-pods' as const }),
    ...(podCap === undefined ? {} : { podCap }),
  });
  return {
    type: type.name,
    architecture: type.architecture,
    capacity,
    allocatable: usable,
    devices: gpuDevices(pool.sharing, type.gpu?.count ?? 0),
    ...(type.usdPerHour === undefined ? {} : { usdPerHour: type.usdPerHour }),
  };
}

function nodesOf(environment: Environment, pool: NodePool): readonly PoolNode[] {
  if (pool.capacity.kind === 'ec2') {
    return pool.capacity.instanceTypes.flatMap((name) => {
      const type = findInstanceType(name);
      return type ? [ec2Node(environment, pool, type)] : [];
    });
  }
  const { machine } = pool.capacity;
  const resources = staticAllocatable({
    millicpu: machine.cpu,
    memoryBytes: machine.memory,
    ephemeralBytes: machine.ephemeralStorage,
    pods: machine.pods,
    gpus: machine.gpu?.count ?? 0,
  });
  const devices = gpuDevices(pool.sharing, machine.gpu?.count ?? 0);
  return [{ type: pool.name, architecture: 'amd64', capacity: resources, allocatable: resources, devices }];
}

/** Name of the GPU model of the pool's nodes, where they have one. */
export function gpuModelOf(pool: NodePool): string | undefined {
  if (pool.capacity.kind === 'static') return pool.capacity.machine.gpu?.model;
  for (const name of pool.capacity.instanceTypes) {
    const gpu = findInstanceType(name)?.gpu;
    if (gpu) return gpu.model;
  }
  return undefined;
}

/** Label that says a node offers a MIG device; also the constraint that chooses it. */
export function migDeviceLabel(profile: string): PlacementConstraint {
  return { name: `${LABELS.migDevicePrefix}${profile.replaceAll('+', '.')}`, value: 'true' };
}

function gpuLabels(environment: Environment, pool: NodePool, model: string): Record<string, string> {
  const labels: Record<string, string> = { [LABELS.gpuPresent]: 'true' };
  // A node that has this label and no nvidia.com/gpu counts as unready for ever (autoscaler 1.36 gpu_processor.go), so
  // nodes that only offer MIG or renamed devices must not have it.
  if (environment.autoscaler.kind === 'cluster-autoscaler' && GPU_RESOURCE in gpuDevices(pool.sharing, 1)) {
    labels[LABELS.eksAccelerator] = gpuModel(model)?.acceleratorLabel ?? model.toLowerCase();
  }
  if (pool.sharing.kind === 'mig') {
    labels[LABELS.migConfig] = migConfigName(pool.sharing.layout);
    if (pool.sharing.strategy === 'mixed') {
      for (const profile of Object.keys(pool.sharing.layout)) {
        const label = migDeviceLabel(profile);
        labels[label.name] = label.value;
      }
    }
  }
  const sharing = sharingConfigName(pool.sharing);
  if (sharing !== undefined) labels[LABELS.devicePluginConfig] = sharing;
  return labels;
}

function taintsOf(pool: NodePool, hasGpu: boolean): readonly Taint[] {
  return [
    ...(pool.role === 'system'
      ? [{ key: TAINTS.criticalAddonsOnly, value: 'true', effect: 'NoSchedule' } as const]
      : []),
    ...(pool.role === 'dedicated' ? [{ key: TAINTS.dedicated, value: pool.name, effect: 'NoSchedule' } as const] : []),
    ...(hasGpu ? [{ key: TAINTS.gpu, value: 'present', effect: 'NoSchedule' } as const] : []),
    ...pool.taints,
  ];
}

/** Everything that follows from one pool of the environment. `at` is where it stands there. */
export function derivePool(environment: Environment, pool: NodePool, at: Path): Pool {
  const model = gpuModelOf(pool);
  const taints = taintsOf(pool, model !== undefined);
  const constraint = { name: LABELS.nodePool, value: pool.name };
  const { capacity } = pool;
  return {
    at,
    name: pool.name,
    spec: pool,
    labels: {
      ...pool.labels,
      ...(model === undefined ? {} : gpuLabels(environment, pool, model)),
      [constraint.name]: constraint.value,
    },
    taints,
    tolerations: taints.map(tolerationOf),
    constraint,
    ...(model === undefined ? {} : { gpuModel: model }),
    nodes: nodesOf(environment, pool),
    overhead: daemonOverhead(environment, pool, model !== undefined),
    elastic: capacity.kind === 'ec2' && environment.autoscaler.kind !== 'none',
    min: capacity.kind === 'ec2' ? capacity.min : capacity.nodes.length,
    max: capacity.kind === 'ec2' ? capacity.max : capacity.nodes.length,
  };
}
