import { AWS_PRINCIPALS } from '../catalog/aws-policies.ts';
import { INTERRUPTION_EVENTS } from '../catalog/interruption-events.ts';
import { asJsonObject } from '../core/json.ts';
import type { Karpenter } from '../model/autoscaler.ts';
import type { InterruptionQueueSpec } from '../model/cloud-plan.ts';
import { awsArn, type EksCluster } from '../model/cluster.ts';

/** Name of the SQS queue, as the controller's settings say it too. */
export function interruptionQueueName(cluster: EksCluster, karpenter: Karpenter): string {
  return karpenter.interruptionQueue ?? cluster.name;
}

export function interruptionQueueArn(cluster: EksCluster, karpenter: Karpenter): string {
  return awsArn(cluster, 'sqs', interruptionQueueName(cluster, karpenter));
}

/**
 * The queue by which EventBridge tells Karpenter what is about to happen to its nodes. Five minutes, because a warning
 * that is older is history. Source: Karpenter 1.14, CloudFormation of the getting-started guide.
 */
export function interruptionQueueSpec(cluster: EksCluster, karpenter: Karpenter): InterruptionQueueSpec {
  const queue = interruptionQueueArn(cluster, karpenter);
  return {
    retentionSeconds: 300,
    policy: [
      asJsonObject({
        Sid: 'AllowEvents',
        Effect: 'Allow',
        Principal: { Service: [AWS_PRINCIPALS.events, AWS_PRINCIPALS.sqs] },
        Action: 'sqs:SendMessage',
        Resource: queue,
      }),
      asJsonObject({
        Sid: 'DenyHTTP',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: queue,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
    rules: INTERRUPTION_EVENTS,
  };
}
