/** Where a Helm chart comes from, pinned. */
export interface ChartReference {
  /** Name in the repository. */
  readonly name: string;
  /** `https://` of a classic repository, or `oci://` of the registry path that holds the chart under its name. */
  readonly repository: string;
  /** Exact version, written as the repository writes it: NVIDIA's operator has a leading `v`. */
  readonly version: string;
  /** Version of what the chart installs, where the chart states one. */
  readonly appVersion?: string;
}

/** Every chart that Atelier installs. Versions of 2026-08. */
export const CHARTS = {
  /** kube-system; never upgrades its CRDs: `karpenterCrd` does, at the same version (Karpenter upgrade guide). */
  karpenter: {
    name: 'karpenter',
    repository: 'oci://public.ecr.aws/karpenter',
    version: '1.14.1',
    appVersion: '1.14.1',
  },
  karpenterCrd: {
    name: 'karpenter-crd',
    repository: 'oci://public.ecr.aws/karpenter',
    version: '1.14.1',
    appVersion: '1.14.1',
  },
  /** Its appVersion lags behind: set `image.tag` to the version of the cluster (`TARGET_VERSIONS`). */
  clusterAutoscaler: {
    name: 'cluster-autoscaler',
    repository: 'https://kubernetes.github.io/autoscaler',
    version: '9.59.0',
    appVersion: '1.35.0',
  },
  /** kube-system; needs Kubernetes 1.22 or later (docs/deploy/installation.md of the controller). */
  awsLoadBalancerController: {
    name: 'aws-load-balancer-controller',
    repository: 'https://aws.github.io/eks-charts',
    version: '3.5.0',
    appVersion: 'v3.5.0',
  },
  /** Only beside cluster-autoscaler: Karpenter handles interruptions itself. */
  nodeTerminationHandler: {
    name: 'aws-node-termination-handler',
    repository: 'oci://public.ecr.aws/aws-ec2/helm',
    version: '0.27.6',
    appVersion: '1.25.6',
  },
  gpuOperator: {
    name: 'gpu-operator',
    repository: 'https://helm.ngc.nvidia.com/nvidia',
    version: 'v26.7.0',
    appVersion: 'v26.7.0',
  },
  nvidiaDevicePlugin: {
    name: 'nvidia-device-plugin',
    repository: 'https://nvidia.github.io/k8s-device-plugin',
    version: '0.20.0',
    appVersion: '0.20.0',
  },
  /** Release 4.6.0-4.8.3 (NVIDIA/dcgm-exporter #712): the first whose DRA mapping works on Kubernetes 1.34 and later. */
  dcgmExporter: {
    name: 'dcgm-exporter',
    repository: 'https://nvidia.github.io/dcgm-exporter/helm-charts',
    version: '4.8.3',
    appVersion: '4.8.3',
  },
  kyverno: {
    name: 'kyverno',
    repository: 'https://kyverno.github.io/kyverno',
    version: '3.9.0',
    appVersion: 'v1.19.0',
  },
  kubePrometheusStack: {
    name: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '88.5.3',
    appVersion: 'v0.93.1',
  },
  fluentBit: {
    name: 'fluent-bit',
    repository: 'https://fluent.github.io/helm-charts',
    version: '0.58.1',
    appVersion: '5.1.1',
  },
  rstudioWorkbench: {
    name: 'rstudio-workbench',
    repository: 'https://helm.rstudio.com',
    version: '0.22.0',
    appVersion: '2026.08.1',
  },
} as const satisfies Readonly<Record<string, ChartReference>>;
