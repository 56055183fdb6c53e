/** Every label key that Atelier reads or writes; each literal exists once. */
export const LABELS = {
  /** Ours: the pool a node belongs to. On the node from its first second, so that an empty pool can be planned for. */
  nodePool: 'atelier.dev/node-pool',
  /** Ours, prefix: a MIG device a node offers, `atelier.dev/mig-1g.10gb: "true"`. */
  migDevicePrefix: 'atelier.dev/mig-',
  /** Ours: the session profile of a pod. Also the placement constraint that only chooses template rules. */
  sessionProfile: 'atelier.dev/session-profile',
  /** Ours: marks a pod as an interactive session or a batch job. */
  workload: 'atelier.dev/workload',
  /** Ours: the tenant a namespace belongs to. */
  tenant: 'atelier.dev/tenant',
  /** Ours, prefix: one per ancestor, so that selectors do not depend on the tenancy backend. */
  tenantTreePrefix: 'tree.atelier.dev/',
  /** Ours: which policies hold in a namespace (`platform`, `tenant`, `session`, `course`). */
  tier: 'atelier.dev/tier',
  /** Ours: `allowed` where pods of the namespace may ask for GPUs. */
  gpuAccess: 'atelier.dev/gpu',
  /** Ours: the reservation a placeholder belongs to. */
  reservation: 'atelier.dev/reservation',
  /** Kubernetes recommended labels. */
  name: 'app.kubernetes.io/name',
  instance: 'app.kubernetes.io/instance',
  component: 'app.kubernetes.io/component',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
  /** Set by the API server on every namespace; immutable. */
  namespaceName: 'kubernetes.io/metadata.name',
  architecture: 'kubernetes.io/arch',
  operatingSystem: 'kubernetes.io/os',
  instanceType: 'node.kubernetes.io/instance-type',
  zone: 'topology.kubernetes.io/zone',
  region: 'topology.kubernetes.io/region',
  hostname: 'kubernetes.io/hostname',
  /** Karpenter: `on-demand`, `spot` or `reserved`. */
  karpenterCapacityType: 'karpenter.sh/capacity-type',
  karpenterNodePool: 'karpenter.sh/nodepool',
  karpenterNodeClaim: 'karpenter.sh/nodeclaim',
  karpenterNodeClass: 'karpenter.k8s.aws/ec2nodeclass',
  /** Karpenter: "true" on a node whose taints it leaves alone while it registers it. */
  karpenterDoNotSyncTaints: 'karpenter.sh/do-not-sync-taints',
  /** cluster-autoscaler on AWS: without it a node whose GPUs are not yet registered counts as ready (autoscaler #1949). */
  eksAccelerator: 'k8s.amazonaws.com/accelerator',
  eksCapacityType: 'eks.amazonaws.com/capacityType',
  eksNodeGroup: 'eks.amazonaws.com/nodegroup',
  /** GPU operator: the mig-parted configuration a node should have. */
  migConfig: 'nvidia.com/mig.config',
  /** Device plugin: the key of the sharing configuration a node should use. */
  devicePluginConfig: 'nvidia.com/device-plugin.config',
  /** GPU feature discovery's mark of a GPU node; what GPU DaemonSets select. */
  gpuPresent: 'nvidia.com/gpu.present',
  /** Pod Security admission, prefix of enforce, audit, warn and their versions. */
  podSecurityPrefix: 'pod-security.kubernetes.io/',
  /** What the cluster's DNS servers are called, CoreDNS included (Kubernetes: cluster/addons/dns). */
  dnsServers: 'k8s-app',
  /** HNC: on every namespace it looks after; what its webhook for objects selects. */
  hncIncluded: 'hnc.x-k8s.io/included-namespace',
  /** HNC, suffix: `<ancestor>.tree.hnc.x-k8s.io/depth` on every namespace below it; nobody else can write it. */
  hncTreeSuffix: '.tree.hnc.x-k8s.io/depth',
  /** HNC: on the ResourceQuota by which it counts a namespace against the hierarchical quotas above it. */
  hncQuota: 'hnc.x-k8s.io/hrq',
  /** Selects Grafana dashboards for the sidecar of kube-prometheus-stack. */
  grafanaDashboard: 'grafana_dashboard',
} as const;

/** Names of zone and region until Kubernetes 1.17; the scheduler still reads them on persistent volumes. */
export const BETA_TOPOLOGY_LABELS = {
  zone: 'failure-domain.beta.kubernetes.io/zone',
  region: 'failure-domain.beta.kubernetes.io/region',
} as const;

/** Value of `gpuAccess` where pods may ask for GPUs; every other value, and none, means they may not. */
export const GPU_ACCESS_ALLOWED = 'allowed';
/** Value of `gpuAccess` that says so aloud, where leaving the label out would let somebody else write it. */
export const GPU_ACCESS_DENIED = 'denied';

/** Label, annotation and tag keys that cluster-autoscaler reads on AWS (cloudprovider/aws/README.md). */
export const AUTOSCALER_TAGS = {
  enabled: 'k8s.io/cluster-autoscaler/enabled',
  clusterPrefix: 'k8s.io/cluster-autoscaler/',
  labelPrefix: 'k8s.io/cluster-autoscaler/node-template/label/',
  taintPrefix: 'k8s.io/cluster-autoscaler/node-template/taint/',
  resourcePrefix: 'k8s.io/cluster-autoscaler/node-template/resources/',
  optionPrefix: 'k8s.io/cluster-autoscaler/node-template/autoscaling-options/',
} as const;

/** Tags of a group that cluster-autoscaler has to share with `eks:` tags: AWS allows 50, EKS adds three of its own. */
export const MAX_GROUP_TAGS = 47;

/** Tag keys of cloud resources. */
export const CLOUD_TAGS = {
  /** Karpenter finds subnets and security groups by it; value: the cluster (Karpenter getting-started guide). */
  karpenterDiscovery: 'karpenter.sh/discovery',
  /** AWS Load Balancer Controller and EKS: subnets of load balancers that the internet reaches; value "1". */
  publicLoadBalancers: 'kubernetes.io/role/elb',
  /** The same for load balancers inside the network. */
  internalLoadBalancers: 'kubernetes.io/role/internal-elb',
  /** AWS Load Balancer Controller: the cluster whose controller made something (pkg/deploy/tracking/provider.go). */
  loadBalancerCluster: 'elbv2.k8s.aws/cluster',
  /** Ours: the environment a resource belongs to. */
  environment: 'atelier.dev/environment',
  /** EKS and Karpenter: the cluster that something belongs to; value: its name. */
  eksCluster: 'eks:eks-cluster-name',
  /** Ours: who made it; value "atelier". */
  madeBy: 'atelier.dev/made-by',
  /** What consoles show as the name. */
  name: 'Name',
} as const;

/** Tag that marks what belongs to a cluster: "owned" on what goes with it (Karpenter's policies name it). */
export function clusterTag(cluster: string): string {
  return `kubernetes.io/cluster/${cluster}`;
}
