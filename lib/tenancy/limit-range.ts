import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { fitName } from '../core/names.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { PodDefaults } from '../model/tenant.ts';

function size({ cpu, memory }: PodDefaults['limit']): Record<string, k8s.Quantity> {
  return {
    cpu: k8s.Quantity.fromString(formatMillicpu(cpu)),
    memory: k8s.Quantity.fromString(formatBytes(memory)),
  };
}

export interface LimitRangeProps {
  readonly namespace: string;
  readonly tenant: string;
  readonly defaults: PodDefaults;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * What containers get that ask for nothing. Without it a quota on CPU or memory refuses every such pod. There is no `max`:
 * the most a container may ask for is a policy, which knows exceptions.
 */
export function limitRange(scope: Construct, { namespace, tenant, defaults, annotations }: LimitRangeProps): void {
  new k8s.KubeLimitRange(scope, 'pod-defaults', {
    metadata: { name: fitName(`${tenant}-pod-defaults`), namespace, ...(annotations ? { annotations } : {}) },
    spec: {
      limits: [{ type: 'Container', defaultRequest: size(defaults.request), default: size(defaults.limit) }],
    },
  });
}
