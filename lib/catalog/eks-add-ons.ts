import type { AWS_POLICIES } from './aws-policies.ts';

export const EKS_ADD_ONS = [
  'vpc-cni',
  'kube-proxy',
  'eks-pod-identity-agent',
  'coredns',
  'aws-ebs-csi-driver',
  'aws-efs-csi-driver',
] as const;
export type EksAddOnName = (typeof EKS_ADD_ONS)[number];

/** What Atelier has to know of an add-on that EKS installs and patches. */
export interface EksAddOnFacts {
  /**
   * Whether it is there before the first node: a node without the CNI never gets ready. The others are Deployments,
   * which EKS calls active only when their pods run (EKS user guide, "Amazon EKS add-ons").
   */
  readonly beforeNodes: boolean;
  /** Its DaemonSet, of which every node runs a pod; node arithmetic counts it under this name (`EKS_DAEMON_SETS`). */
  readonly daemonSet?: string;
  /** Key of the add-on's configuration below which its Deployment says where it runs; "" for the root. */
  readonly placement?: '' | 'controller';
  /** ServiceAccount in kube-system that calls AWS, and the policy it needs. */
  readonly identity?: { readonly serviceAccount: string; readonly policy: keyof typeof AWS_POLICIES };
}

/**
 * Sources: configuration schemas of the add-ons (`aws eks describe-addon-configuration`), which follow the charts
 * aws-vpc-cni, aws-ebs-csi-driver and aws-efs-csi-driver; ServiceAccounts are those of the charts.
 */
export const EKS_ADD_ON_FACTS: Readonly<Record<EksAddOnName, EksAddOnFacts>> = {
  'vpc-cni': { beforeNodes: true, daemonSet: 'aws-node' },
  'kube-proxy': { beforeNodes: true, daemonSet: 'kube-proxy' },
  'eks-pod-identity-agent': { beforeNodes: true, daemonSet: 'eks-pod-identity-agent' },
  coredns: { beforeNodes: false, placement: '' },
  'aws-ebs-csi-driver': {
    beforeNodes: false,
    daemonSet: 'ebs-csi-node',
    placement: 'controller',
    identity: { serviceAccount: 'ebs-csi-controller-sa', policy: 'ebsCsiDriver' },
  },
  'aws-efs-csi-driver': {
    beforeNodes: false,
    daemonSet: 'efs-csi-node',
    placement: 'controller',
    identity: { serviceAccount: 'efs-csi-controller-sa', policy: 'efsCsiDriver' },
  },
};
