import { AUTOSCALER_TAGS } from '../catalog/labels.ts';
import type { EksCluster } from '../model/cluster.ts';
import type { IamPolicy } from '../model/iam-policy.ts';

/**
 * What cluster-autoscaler may do: see all groups, which IAM cannot narrow down, and resize those that carry the tags of
 * this cluster. Source: cluster-autoscaler 1.36.1 cloudprovider/aws/README.md, "Full Cluster Autoscaler Features Policy".
 */
export function clusterAutoscalerPolicy({ name }: EksCluster): IamPolicy {
  return {
    name: 'scaling',
    statements: [
      {
        Sid: 'ReadGroups',
        Effect: 'Allow',
        Action: [
          'autoscaling:DescribeAutoScalingGroups',
          'autoscaling:DescribeAutoScalingInstances',
          'autoscaling:DescribeLaunchConfigurations',
          'autoscaling:DescribeScalingActivities',
          'ec2:DescribeImages',
          'ec2:DescribeInstanceTypes',
          'ec2:DescribeLaunchTemplateVersions',
          'ec2:GetInstanceTypesFromInstanceRequirements',
          'eks:DescribeNodegroup',
        ],
        Resource: '*',
      },
      {
        Sid: 'ResizeGroupsOfThisCluster',
        Effect: 'Allow',
        Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
        Resource: '*',
        Condition: {
          StringEquals: {
            [`aws:ResourceTag/${AUTOSCALER_TAGS.enabled}`]: 'true',
            [`aws:ResourceTag/${AUTOSCALER_TAGS.clusterPrefix}${name}`]: 'owned',
          },
        },
      },
    ],
  };
}
