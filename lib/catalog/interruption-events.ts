/** An event of EventBridge that says something about a node. */
export interface InterruptionEvent {
  /** Short name, for rules. */
  readonly name: string;
  readonly source: 'aws.ec2' | 'aws.health';
  readonly detailType: string;
}

/**
 * What Karpenter wants to hear of. Source: Karpenter 1.14, CloudFormation of the getting-started guide, the five rules;
 * pkg/controllers/interruption/messages has the same spellings.
 */
export const INTERRUPTION_EVENTS: readonly InterruptionEvent[] = [
  { name: 'scheduled-change', source: 'aws.health', detailType: 'AWS Health Event' },
  { name: 'spot-interruption', source: 'aws.ec2', detailType: 'EC2 Spot Instance Interruption Warning' },
  { name: 'rebalance', source: 'aws.ec2', detailType: 'EC2 Instance Rebalance Recommendation' },
  { name: 'state-change', source: 'aws.ec2', detailType: 'EC2 Instance State-change Notification' },
  {
    name: 'capacity-reservation',
    source: 'aws.ec2',
    detailType: 'EC2 Capacity Reservation Instance Interruption Warning',
  },
];
