import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { declareOrigin } from '../constructs/origin.ts';
import type { Platform } from '../model/platform.ts';

/**
 * One PriorityClass per step. Value and preemption policy of a class cannot be changed, only replaced; both are written
 * out, so that a preview shows it. Phase 10-foundation.
 */
export class PriorityLadder extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    platform.environment.priorities.forEach((step, index) => {
      const of = new Construct(this, step.name);
      declareOrigin(of, ['priorities', index]);
      new k8s.KubePriorityClass(of, 'priority-class', {
        metadata: { name: step.name },
        value: step.value,
        globalDefault: step.default,
        preemptionPolicy: step.preempts ? 'PreemptLowerPriority' : 'Never',
        description: step.description,
      });
    });
  }
}
