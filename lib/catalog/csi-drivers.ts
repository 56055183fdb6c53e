/** CSI driver of Amazon EBS (aws-ebs-csi-driver, EKS add-on): block volumes of one node. */
export const EBS_DRIVER = 'ebs.csi.aws.com';
/** CSI driver of Amazon EFS (aws-efs-csi-driver, EKS add-on): directories that many nodes mount at once. */
export const EFS_DRIVER = 'efs.csi.aws.com';
