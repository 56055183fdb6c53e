/** What one pod of a DaemonSet sets aside on every node it runs on. CPU in millicores, memory in bytes. */
export interface DaemonRequests {
  readonly name: string;
  readonly millicpu: number;
  readonly memoryBytes: number;
  /** Where the figures stand. */
  readonly source: string;
}

const Mi = 2 ** 20;

/** DaemonSets that every EKS node runs. */
export const EKS_DAEMON_SETS: readonly DaemonRequests[] = [
  {
    name: 'aws-node',
    millicpu: 50,
    memoryBytes: 0,
    source: 'amazon-vpc-cni-k8s chart: 25m for the CNI, 25m for the node agent',
  },
  { name: 'kube-proxy', millicpu: 100, memoryBytes: 0, source: 'EKS add-on kube-proxy' },
  {
    name: 'ebs-csi-node',
    millicpu: 30,
    memoryBytes: 120 * Mi,
    source: 'aws-ebs-csi-driver chart before 2.57: three containers of 10m and 40Mi; later ones ask for 16Mi less',
  },
  {
    name: 'efs-csi-node',
    millicpu: 0,
    memoryBytes: 0,
    source: 'aws-efs-csi-driver chart 3.x: no requests by default, one pod on every node',
  },
  {
    name: 'eks-pod-identity-agent',
    millicpu: 0,
    memoryBytes: 0,
    source: 'eks-pod-identity-agent chart 1.2: no requests by default, one pod on every node',
  },
];

/** DaemonSets that every node of a cluster without a cloud runs. */
export const ON_PREMISES_DAEMON_SETS: readonly DaemonRequests[] = [
  {
    name: 'cilium',
    millicpu: 100,
    memoryBytes: 128 * Mi,
    source: 'room for a network agent; state your own under daemonSets',
  },
  { name: 'kube-proxy', millicpu: 100, memoryBytes: 0, source: 'kubeadm default' },
];

/** What the platform's own DaemonSets set aside; the Helm values say exactly this. */
export const PLATFORM_DAEMON_SETS = {
  nodeExporter: { name: 'node-exporter', millicpu: 25, memoryBytes: 32 * Mi, source: 'Atelier' },
  fluentBit: { name: 'fluent-bit', millicpu: 50, memoryBytes: 64 * Mi, source: 'Atelier' },
  dcgmExporter: { name: 'dcgm-exporter', millicpu: 100, memoryBytes: 256 * Mi, source: 'Atelier' },
  devicePlugin: { name: 'nvidia-device-plugin', millicpu: 20, memoryBytes: 64 * Mi, source: 'Atelier' },
  nodeFeatureDiscovery: {
    name: 'node-feature-discovery-worker',
    millicpu: 5,
    memoryBytes: 64 * Mi,
    source: 'node-feature-discovery chart',
  },
  imagePrePull: { name: 'image-pre-pull', millicpu: 10, memoryBytes: 16 * Mi, source: 'Atelier' },
  nodeTerminationHandler: {
    name: 'aws-node-termination-handler',
    millicpu: 50,
    memoryBytes: 64 * Mi,
    source: 'Atelier',
  },
  // Those of the GPU operator ask for nothing; each takes a pod of the node.
  gpuFeatureDiscovery: {
    name: 'gpu-feature-discovery',
    millicpu: 0,
    memoryBytes: 0,
    source: 'gpu-operator chart 26.7',
  },
  operatorValidator: {
    name: 'nvidia-operator-validator',
    millicpu: 0,
    memoryBytes: 0,
    source: 'gpu-operator chart 26.7',
  },
  migManager: { name: 'nvidia-mig-manager', millicpu: 0, memoryBytes: 0, source: 'gpu-operator chart 26.7' },
  driver: { name: 'nvidia-driver', millicpu: 0, memoryBytes: 0, source: 'gpu-operator chart 26.7' },
  containerToolkit: {
    name: 'nvidia-container-toolkit',
    millicpu: 0,
    memoryBytes: 0,
    source: 'gpu-operator chart 26.7',
  },
} as const satisfies Readonly<Record<string, DaemonRequests>>;
