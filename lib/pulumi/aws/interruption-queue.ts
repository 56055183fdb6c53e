import { EventRule } from '@pulumi/aws/cloudwatch/eventRule.js';
import { EventTarget } from '@pulumi/aws/cloudwatch/eventTarget.js';
import { Queue } from '@pulumi/aws/sqs/queue.js';
import { QueuePolicy } from '@pulumi/aws/sqs/queuePolicy.js';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { fitName } from '../../core/names.ts';
import { POLICY_VERSION } from '../../model/iam-policy.ts';
import type { Planned } from './planned.ts';

/** Longest name of a rule (EventBridge API, PutRule). */
const MAX_RULE_NAME = 64;

/** The queue that Karpenter listens to, and the rules of EventBridge that fill it. */
export class InterruptionQueue extends ComponentResource {
  constructor(name: string, { name: queueName, spec }: Planned<'interruption-queue'>, opts?: ComponentResourceOptions) {
    super('atelier:aws:InterruptionQueue', `${name}-interruptions`, {}, opts);
    const parent = { parent: this };
    const queue = new Queue(
      `${name}-interruptions`,
      { name: queueName, messageRetentionSeconds: spec.retentionSeconds, sqsManagedSseEnabled: true },
      parent,
    );
    const policy = JSON.stringify({ Version: POLICY_VERSION, Statement: spec.policy });
    new QueuePolicy(`${name}-interruptions`, { queueUrl: queue.url, policy }, parent);
    for (const { name: event, source, detailType } of spec.rules) {
      const id = `${name}-${event}`;
      const eventPattern = JSON.stringify({ source: [source], 'detail-type': [detailType] });
      const rule = new EventRule(
        id,
        {
          // EventBridge takes over what has the name; of what has none it would make a second after an interrupted `up`.
          name: fitName(id, MAX_RULE_NAME),
          description: `${detailType}, for Karpenter`,
          eventPattern,
        },
        parent,
      );
      new EventTarget(id, { rule: rule.name, targetId: 'interruption-queue', arn: queue.arn }, parent);
    }
    this.registerOutputs({});
  }
}
