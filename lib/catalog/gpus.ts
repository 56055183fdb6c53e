import type { MigFamilyName } from './mig.ts';

/** NVIDIA's names of its architectures since compute capability 7.0. */
export type GpuArchitecture = 'Volta' | 'Turing' | 'Ampere' | 'Ada' | 'Hopper' | 'Blackwell';

/** One model of NVIDIA GPU, as nodes in EC2 or on premises carry it. */
export interface GpuModel {
  /** Our key; with the memory where one name stands for several sizes: `A100-40GB`. */
  readonly name: string;
  /** Memory of one whole GPU, MiB: as EC2 DescribeInstanceTypes reports it, otherwise the size on the data sheet. */
  readonly memoryMiB: number;
  readonly architecture: GpuArchitecture;
  /** Key of its partitions in `mig.ts`; absent where the model has no MIG (NVIDIA MIG User Guide, Supported GPUs). */
  readonly migFamily?: MigFamilyName;
  /**
   * Device and vendor id as mig-parted's `device-filter` compares them: `0x20B010DE`. Only for models with MIG.
   * Sources: mig-parted 0.15 deployments/systemd/config-default.yaml, whose groups hold A800 and H800 as well;
   * RTX PRO and second boards from NVIDIA/open-gpu-kernel-modules README.
   */
  readonly pciDeviceIds?: readonly string[];
  /**
   * Value of the node label karpenter.k8s.aws/instance-gpu-name (Karpenter 1.14 reference/instance-types.md). Two sizes
   * of one GPU share it: select by instance type or karpenter.k8s.aws/instance-gpu-memory as well. Absent outside EC2.
   */
  readonly karpenterName?: string;
  /**
   * Value of the node label k8s.amazonaws.com/accelerator for cluster-autoscaler. Its metrics know eight values
   * (1.36 cloudprovider/aws/aws_cloud_provider.go, availableGPUTypes) and show others as not-listed; both work.
   */
  readonly acceleratorLabel: string;
}

const ROWS = [
  {
    name: 'V100-16GB',
    memoryMiB: 16384,
    architecture: 'Volta',
    karpenterName: 'v100',
    acceleratorLabel: 'nvidia-tesla-v100',
  },
  {
    name: 'V100-32GB',
    memoryMiB: 32768,
    architecture: 'Volta',
    karpenterName: 'v100',
    acceleratorLabel: 'nvidia-tesla-v100',
  },
  { name: 'T4', memoryMiB: 16384, architecture: 'Turing', karpenterName: 't4', acceleratorLabel: 'nvidia-tesla-t4' },
  { name: 'T4g', memoryMiB: 16384, architecture: 'Turing', karpenterName: 't4g', acceleratorLabel: 'nvidia-t4g' },
  { name: 'A10', memoryMiB: 24576, architecture: 'Ampere', acceleratorLabel: 'nvidia-a10' },
  { name: 'A10G', memoryMiB: 22888, architecture: 'Ampere', karpenterName: 'a10g', acceleratorLabel: 'nvidia-a10g' },
  {
    name: 'A30',
    memoryMiB: 24576,
    architecture: 'Ampere',
    migFamily: 'A30-24GB',
    pciDeviceIds: ['0x20B710DE'],
    acceleratorLabel: 'nvidia-a30',
  },
  { name: 'A40', memoryMiB: 49152, architecture: 'Ampere', acceleratorLabel: 'nvidia-a40' },
  {
    name: 'A100-40GB',
    memoryMiB: 40960,
    architecture: 'Ampere',
    migFamily: 'A100-40GB',
    pciDeviceIds: ['0x20B010DE', '0x20B110DE', '0x20F110DE', '0x20F610DE'],
    karpenterName: 'a100',
    acceleratorLabel: 'nvidia-tesla-a100',
  },
  {
    name: 'A100-80GB',
    memoryMiB: 81920,
    architecture: 'Ampere',
    migFamily: '80GB',
    pciDeviceIds: ['0x20B210DE', '0x20B510DE', '0x20F310DE', '0x20F510DE'],
    karpenterName: 'a100',
    acceleratorLabel: 'nvidia-tesla-a100',
  },
  { name: 'L4', memoryMiB: 22888, architecture: 'Ada', karpenterName: 'l4', acceleratorLabel: 'nvidia-l4' },
  { name: 'L40', memoryMiB: 49152, architecture: 'Ada', acceleratorLabel: 'nvidia-l40' },
  { name: 'L40S', memoryMiB: 45776, architecture: 'Ada', karpenterName: 'l40s', acceleratorLabel: 'nvidia-l40s' },
  { name: 'RTX-6000-Ada', memoryMiB: 49152, architecture: 'Ada', acceleratorLabel: 'nvidia-rtx-6000-ada' },
  {
    name: 'H20',
    memoryMiB: 98304,
    architecture: 'Hopper',
    migFamily: '96GB',
    pciDeviceIds: ['0x232910DE'],
    acceleratorLabel: 'nvidia-h20',
  },
  {
    name: 'H100-80GB',
    memoryMiB: 81920,
    architecture: 'Hopper',
    migFamily: '80GB',
    pciDeviceIds: ['0x233010DE', '0x233110DE', '0x232210DE', '0x232410DE'],
    karpenterName: 'h100',
    acceleratorLabel: 'nvidia-h100',
  },
  {
    name: 'H100-NVL',
    memoryMiB: 96256,
    architecture: 'Hopper',
    migFamily: '94GB',
    pciDeviceIds: ['0x232110DE', '0x233A10DE'],
    acceleratorLabel: 'nvidia-h100-nvl',
  },
  {
    name: 'H200',
    memoryMiB: 144384,
    architecture: 'Hopper',
    migFamily: '141GB',
    pciDeviceIds: ['0x233510DE', '0x233B10DE'],
    karpenterName: 'h200',
    acceleratorLabel: 'nvidia-h200',
  },
  {
    name: 'GH200-96GB',
    memoryMiB: 98304,
    architecture: 'Hopper',
    migFamily: '96GB',
    pciDeviceIds: ['0x234210DE'],
    acceleratorLabel: 'nvidia-gh200',
  },
  {
    name: 'GH200-144GB',
    memoryMiB: 147456,
    architecture: 'Hopper',
    migFamily: '144GB',
    pciDeviceIds: ['0x234810DE'],
    acceleratorLabel: 'nvidia-gh200',
  },
  {
    name: 'B200',
    memoryMiB: 183359,
    architecture: 'Blackwell',
    migFamily: '180GB',
    pciDeviceIds: ['0x290110DE', '0x290910DE'],
    karpenterName: 'b200',
    acceleratorLabel: 'nvidia-b200',
  },
  {
    name: 'GB200',
    memoryMiB: 190464,
    architecture: 'Blackwell',
    migFamily: '186GB',
    pciDeviceIds: ['0x294110DE'],
    acceleratorLabel: 'nvidia-gb200',
  },
  {
    name: 'B300',
    memoryMiB: 275040,
    architecture: 'Blackwell',
    migFamily: '269GB',
    pciDeviceIds: ['0x318210DE'],
    karpenterName: 'b300',
    acceleratorLabel: 'nvidia-b300',
  },
  {
    name: 'GB300',
    memoryMiB: 284672,
    architecture: 'Blackwell',
    migFamily: '278GB',
    pciDeviceIds: ['0x31C210DE', '0x31C310DE'],
    acceleratorLabel: 'nvidia-gb300',
  },
  {
    name: 'RTX-PRO-4500',
    memoryMiB: 32768,
    architecture: 'Blackwell',
    migFamily: 'RTX-PRO-4500',
    pciDeviceIds: ['0x2C3110DE', '0x2C3A10DE'],
    karpenterName: 'rtx-pro-4500',
    acceleratorLabel: 'nvidia-rtx-pro-4500',
  },
  {
    name: 'RTX-PRO-5000',
    memoryMiB: 49152,
    architecture: 'Blackwell',
    migFamily: 'RTX-PRO-5000',
    pciDeviceIds: ['0x2BB310DE'],
    acceleratorLabel: 'nvidia-rtx-pro-5000',
  },
  {
    name: 'RTX-PRO-6000',
    memoryMiB: 98304,
    architecture: 'Blackwell',
    migFamily: 'RTX-PRO-6000',
    pciDeviceIds: ['0x2BB110DE', '0x2BB410DE', '0x2BB510DE'],
    karpenterName: 'rtx-pro-server-6000',
    acceleratorLabel: 'nvidia-rtx-pro-6000',
  },
] as const satisfies readonly GpuModel[];

/** Every name of the catalogue: `A100-40GB`, `L4`, ... */
export type GpuModelName = (typeof ROWS)[number]['name'];

/** Names of the catalogue, by architecture and size. */
export const gpuModelNames: readonly GpuModelName[] = ROWS.map((row) => row.name);

const BY_NAME: ReadonlyMap<string, GpuModel> = new Map(ROWS.map((row) => [row.name, row]));

/** The model of that name, or `undefined` where the catalogue has none. */
export function gpuModel(name: string): GpuModel | undefined {
  return BY_NAME.get(name);
}
