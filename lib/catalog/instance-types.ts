import { readAsset } from '../core/asset.ts';
import { deepFreeze } from '../core/freeze.ts';
import type { GpuModelName } from './gpus.ts';

/** GPUs of one instance type. */
export interface InstanceGpu {
  readonly model: GpuModelName;
  /** Devices that the node advertises (EC2 LogicalGpuCount). */
  readonly count: number;
  /**
   * Share of a physical GPU behind each device, 1 for whole ones. Below 1 (g6f, gr6f) EC2 reports a GPU count of 0, so
   * Karpenter plans the node without GPU unless a NodeOverlay names `nvidia.com/gpu`.
   */
  readonly partition: number;
}

/** What EC2 says of an instance type, in the units in which EC2 says it. */
export interface InstanceType {
  readonly name: string;
  readonly vcpu: number;
  /** Memory of the machine in MiB, before the hypervisor and Kubernetes take their part. */
  readonly memoryMiB: number;
  /** As the node label kubernetes.io/arch. */
  readonly architecture: 'amd64' | 'arm64';
  readonly gpu?: InstanceGpu;
  /** Network interfaces of the default network card; the VPC CNI uses no other card. */
  readonly enis: number;
  readonly ipv4PerEni: number;
  /** Instance store in all, in units of 10^9 bytes; 0 for none. */
  readonly nvmeGB: number;
  /** Whether the type has an Elastic Fabric Adapter. */
  readonly efa: boolean;
  /** On-demand price in us-east-1, USD per hour; `undefined` where the table has none. */
  readonly usdPerHour: number | undefined;
}

interface InstanceTypeFile {
  readonly types: readonly InstanceType[];
}

let cached: ReadonlyMap<string, InstanceType> | undefined;

/** Sources and date stand at the head of the data file. Read once, on first use: half the commands need no prices. */
function instanceTypes(): ReadonlyMap<string, InstanceType> {
  if (!cached) {
    const { types } = JSON.parse(readAsset('lib/catalog/data/instance-types.json')) as InstanceTypeFile;
    cached = new Map(types.map((type) => [type.name, deepFreeze(type)]));
  }
  return cached;
}

/** The EC2 type of that name (`g5.xlarge`), or `undefined` where the catalogue has none. */
export function findInstanceType(name: string): InstanceType | undefined {
  return instanceTypes().get(name);
}

/** Every type of the catalogue, by family and size. */
export function instanceTypeNames(): readonly string[] {
  return [...instanceTypes().keys()];
}
