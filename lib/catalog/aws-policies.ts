import { awsPartition } from './aws-partitions.ts';

/** Policies that AWS writes and maintains, by their path (AWS Managed Policy Reference). Each literal exists once. */
export const AWS_POLICIES = {
  /** Role of the control plane (EKS user guide, cluster IAM role). */
  eksCluster: 'AmazonEKSClusterPolicy',
  /** Role of nodes: join the cluster (EKS user guide, node IAM role). */
  eksWorkerNode: 'AmazonEKSWorkerNodePolicy',
  /** Role of nodes: the VPC CNI gives addresses to pods. */
  eksCni: 'AmazonEKS_CNI_Policy',
  /** Role of nodes: pull images, nothing more (Karpenter 1.14 CloudFormation, KarpenterNodeRole). */
  ecrPullOnly: 'AmazonEC2ContainerRegistryPullOnly',
  /** Role of nodes: shells by Session Manager instead of SSH keys. */
  ssmManagedInstance: 'AmazonSSMManagedInstanceCore',
  /** EBS CSI driver; the second version only lets it touch volumes that it has tagged. */
  ebsCsiDriver: 'AmazonEBSCSIDriverPolicyV2',
  efsCsiDriver: 'service-role/AmazonEFSCSIDriverPolicy',
  /** Role of AWS Backup. */
  backup: 'service-role/AWSBackupServiceRolePolicyForBackup',
  backupRestore: 'service-role/AWSBackupServiceRolePolicyForRestores',
} as const;

/** ARN of an AWS managed policy in the partition of a region. */
export function awsPolicyArn(region: string, policy: (typeof AWS_POLICIES)[keyof typeof AWS_POLICIES]): string {
  return `arn:${awsPartition(region)}:iam::aws:policy/${policy}`;
}

/** Access policies of EKS: what an access entry may do in the cluster (EKS user guide, access policy permissions). */
export const EKS_ACCESS_POLICIES = {
  clusterAdmin: 'AmazonEKSClusterAdminPolicy',
  /** Reads everything but Secrets. */
  view: 'AmazonEKSViewPolicy',
} as const;

/** ARN of an access policy in the partition of a region. */
export function eksAccessPolicyArn(
  region: string,
  policy: (typeof EKS_ACCESS_POLICIES)[keyof typeof EKS_ACCESS_POLICIES],
): string {
  return `arn:${awsPartition(region)}:eks::aws:cluster-access-policy/${policy}`;
}

/** Service principals that roles of the platform trust. The same in every partition. */
export const AWS_PRINCIPALS = {
  backup: 'backup.amazonaws.com',
  ec2: 'ec2.amazonaws.com',
  eks: 'eks.amazonaws.com',
  events: 'events.amazonaws.com',
  podIdentity: 'pods.eks.amazonaws.com',
  sqs: 'sqs.amazonaws.com',
} as const;
