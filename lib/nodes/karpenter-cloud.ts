import { Construct } from 'constructs';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { podIdentity } from '../model/pod-identity.ts';
import { interruptionQueueArn, interruptionQueueName, interruptionQueueSpec } from './interruption-queue.ts';
import { karpenterPolicies } from './karpenter-policies.ts';
import { KARPENTER_SERVICE_ACCOUNT } from './karpenter-values.ts';

/** What Karpenter needs in AWS: its rights, and the queue of interruptions. Empty where the environment has no Karpenter. */
export class KarpenterCloud extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    declareOrigin(this, ['autoscaler']);
    const { autoscaler, cluster } = platform.environment;
    if (autoscaler.kind !== 'karpenter' || cluster.kind !== 'eks') return;
    new CloudResource(this, 'queue', {
      kind: 'interruption-queue',
      name: interruptionQueueName(cluster, autoscaler),
      spec: interruptionQueueSpec(cluster, autoscaler),
    });
    new CloudResource(this, 'identity', {
      kind: 'eks-pod-identity',
      name: 'karpenter',
      spec: podIdentity(cluster, {
        name: 'karpenter',
        namespace: KUBE_SYSTEM,
        serviceAccount: KARPENTER_SERVICE_ACCOUNT,
        policies: karpenterPolicies(cluster, interruptionQueueArn(cluster, autoscaler)),
      }),
    });
  }
}
