import type { InstanceType } from '../catalog/instance-types.ts';
import { GiB, MiB } from '../core/quantity.ts';

/** What a node has or offers: CPU in millicores, memory and ephemeral storage in bytes. */
export interface NodeResources {
  readonly millicpu: number;
  readonly memoryBytes: number;
  readonly ephemeralBytes: number;
  readonly pods: number;
  /** Physical GPUs, or the fractions that EC2 sells as one; sharing and MIG come on top. */
  readonly gpus: number;
}

/** Kept back for kubelet and container runtime. */
export interface KubeReserved {
  readonly millicpu: number;
  readonly memoryBytes: number;
  readonly ephemeralBytes: number;
}

/** A node's arithmetic: allocatable = capacity - kube-reserved - eviction threshold. */
export interface NodeAllocation {
  /** What Karpenter plans with, the hypervisor's part already taken off. */
  readonly capacity: NodeResources;
  readonly allocatable: NodeResources;
  readonly reserved: {
    /** Between the memory that EC2 advertises and the capacity. */
    readonly hypervisorBytes: number;
    readonly kube: KubeReserved;
    readonly eviction: { readonly memoryBytes: number; readonly ephemeralBytes: number };
  };
}

export interface AllocatableOptions {
  /** Size of the root volume. @default 20, which the released AMIs have */
  readonly rootVolumeGiB?: number;
  /** EC2NodeClass `instanceStorePolicy`: RAID0 puts ephemeral storage on the NVMe disks, if there are any. */
  readonly instanceStorePolicy?: 'RAID0';
  /** Most pods on the node (kubelet `maxPods`). @default as many as the VPC CNI has addresses for */
  readonly maxPods?: number;
  /** Most pods that somebody else lets onto the node. @default no such limit */
  readonly podCap?: number;
  /**
   * Pods for which kubelet keeps memory: `eni-pods`, as many as there are addresses for, whatever the cap (AL2023:
   * Karpenter 1.14.1 amifamily/resolver.go UsesENILimitedMemoryOverhead; amazon-eks-ami v20260724 nodeadm
   * kubelet/config.go, where maxPods of the user comes later as a drop-in); `max-pods`, the cap (Bottlerocket, or
   * AL2023 with `kubelet.kubeReserved.memory` stated in the EC2NodeClass).
   * @default eni-pods
   */
  readonly memoryReservedFor?: 'eni-pods' | 'max-pods';
}

/** Karpenter 1.14.1 settings: VM_MEMORY_OVERHEAD_PERCENT. */
const HYPERVISOR_SHARE = 0.075;
/** Contiguous memory that the kernel keeps on Graviton (Karpenter 1.14.1 instancetype/types.go, memory). */
const GRAVITON_MIB = 64;
/** Karpenter 1.14.1 amifamily DefaultEBS. */
const DEFAULT_ROOT_VOLUME_GIB = 20;
const GIGABYTE = 1e9;

/** Part of each further range of cores that is kept back, in units of 0.01 %. */
const CPU_RANGES = [
  { from: 0, to: 1000, share: 600 },
  { from: 1000, to: 2000, share: 100 },
  { from: 2000, to: 4000, share: 50 },
  { from: 4000, to: Number.POSITIVE_INFINITY, share: 25 },
] as const;

/**
 * Pods for which the VPC CNI has addresses, without prefix delegation or custom networking: every interface of the
 * default card keeps one address for itself; the two more are pods in the host's network.
 * Karpenter 1.14.1 instancetype/types.go ENILimitedPods; amazon-eks-ami nodeadm kubelet/eni_max_pods.go.
 */
export function maxPods(type: InstanceType): number {
  return type.enis * (type.ipv4PerEni - 1) + 2;
}

/**
 * What kubelet is told to keep back on EKS: 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of
 * the others; 255 MiB and 11 MiB for each pod; 1 GiB of disk.
 * Karpenter 1.14.1 instancetype/types.go kubeReservedResources; amazon-eks-ami nodeadm kubelet/config.go.
 */
export function kubeReserved(millicpu: number, pods: number): KubeReserved {
  return {
    millicpu: CPU_RANGES.reduce((sum, { from, to, share }) => {
      const inRange = Math.max(0, Math.min(millicpu, to) - from);
      return sum + Math.floor((inRange * share) / 10_000);
    }, 0),
    memoryBytes: (255 + 11 * pods) * MiB,
    ephemeralBytes: GiB,
  };
}

/** Ephemeral storage before reservations, as Karpenter 1.14.1 (instancetype/types.go ephemeralStorage) counts it. */
function ephemeralCapacity(type: InstanceType, options: AllocatableOptions): number {
  if (options.instanceStorePolicy === 'RAID0' && type.nvmeGB > 0) return type.nvmeGB * GIGABYTE;
  return (options.rootVolumeGiB ?? DEFAULT_ROOT_VOLUME_GIB) * GiB;
}

/**
 * What pods can have on a node of that EC2 type, DaemonSets included. The memory is Karpenter's estimate: a real node
 * mostly shows some hundred MiB more, since Karpenter takes 7.5 % for the hypervisor on all types alike.
 * Karpenter 1.14.1 instancetype/types.go memory, evictionThreshold (100 MiB, 10 % of the disk, both rounded up).
 */
export function allocatable(type: InstanceType, options: AllocatableOptions = {}): NodeAllocation {
  const usableMiB = type.memoryMiB - (type.architecture === 'arm64' ? GRAVITON_MIB : 0);
  // In Karpenter's order of operations, so that floating point rounds alike.
  const overheadMiB = Math.ceil((usableMiB * MiB * HYPERVISOR_SHARE) / 1024 / 1024);
  const capacity: NodeResources = {
    millicpu: type.vcpu * 1000,
    memoryBytes: (usableMiB - overheadMiB) * MiB,
    ephemeralBytes: ephemeralCapacity(type, options),
    pods: Math.min(options.maxPods ?? maxPods(type), options.podCap ?? Number.POSITIVE_INFINITY),
    gpus: type.gpu?.count ?? 0,
  };
  const kube = kubeReserved(
    capacity.millicpu,
    options.memoryReservedFor === 'max-pods' ? capacity.pods : maxPods(type),
  );
  const eviction = { memoryBytes: 100 * MiB, ephemeralBytes: Math.ceil((capacity.ephemeralBytes / 100) * 10) };
  return {
    capacity,
    allocatable: {
      ...capacity,
      millicpu: capacity.millicpu - kube.millicpu,
      memoryBytes: capacity.memoryBytes - kube.memoryBytes - eviction.memoryBytes,
      ephemeralBytes: capacity.ephemeralBytes - kube.ephemeralBytes - eviction.ephemeralBytes,
    },
    reserved: { hypervisorBytes: type.memoryMiB * MiB - capacity.memoryBytes, kube, eviction },
  };
}

/** A machine on premises as its node reports it in `status.allocatable`. */
export interface StaticMachine {
  readonly millicpu: number;
  readonly memoryBytes: number;
  readonly ephemeralBytes: number;
  /** @default 110, kubelet's own */
  readonly pods?: number;
  /** @default 0 */
  readonly gpus?: number;
}

/** Allocatable of a machine whose owner states it: nothing is taken off, kubelet has done so. */
export function staticAllocatable(machine: StaticMachine): NodeResources {
  const { millicpu, memoryBytes, ephemeralBytes, pods = 110, gpus = 0 } = machine;
  return { millicpu, memoryBytes, ephemeralBytes, pods, gpus };
}
