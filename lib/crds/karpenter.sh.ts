import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { kubernetesObject, type ObjectMetadata } from '../constructs/kubernetes-object.ts';

/** core/v1 Taint as Karpenter takes it: without a value rather than with an empty one. */
export interface KarpenterTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** What nodes of a pool may be. */
export interface KarpenterRequirement {
  readonly key: string;
  readonly operator: 'In';
  readonly values: readonly string[];
}

/** How many nodes may be disrupted at once; `schedule` (cron, UTC) and `duration` (hours, minutes) stand together. */
export interface KarpenterBudget {
  readonly nodes: string;
  readonly reasons?: readonly ('Empty' | 'Underutilized' | 'Drifted')[];
  readonly schedule?: string;
  readonly duration?: string;
}

/** karpenter.sh/v1 NodePool (Karpenter 1.14). Durations are Go's, or `Never`. */
export interface KarpenterNodePoolSpec {
  readonly template: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: {
      readonly nodeClassRef: { readonly group: string; readonly kind: string; readonly name: string };
      readonly taints?: readonly KarpenterTaint[];
      /** Taints that pods need not tolerate, because an agent takes them off. */
      readonly startupTaints?: readonly KarpenterTaint[];
      readonly requirements: readonly KarpenterRequirement[];
      readonly expireAfter: string;
      readonly terminationGracePeriod?: string;
    };
  };
  readonly disruption: {
    readonly consolidationPolicy: 'WhenEmpty' | 'WhenEmptyOrUnderutilized';
    readonly consolidateAfter: string;
    readonly budgets: readonly KarpenterBudget[];
  };
  /** Most of each resource, and of `nodes`. */
  readonly limits: Readonly<Record<string, string>>;
}

/** karpenter.sh/v1alpha1 NodeOverlay (feature gate NodeOverlay): what instance types have beyond what EC2 says. */
export interface NodeOverlaySpec {
  readonly requirements: readonly KarpenterRequirement[];
  /** Extended resources; they replace those of the same name. */
  readonly capacity: Readonly<Record<string, string>>;
}

export function karpenterNodePool(
  scope: Construct,
  id: string,
  metadata: ObjectMetadata,
  spec: KarpenterNodePoolSpec,
): ApiObject {
  return kubernetesObject(scope, id, { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata, body: { spec } });
}

export function nodeOverlay(scope: Construct, id: string, metadata: ObjectMetadata, spec: NodeOverlaySpec): ApiObject {
  return kubernetesObject(scope, id, {
    apiVersion: 'karpenter.sh/v1alpha1',
    kind: 'NodeOverlay',
    metadata,
    body: { spec },
  });
}
