import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';

export interface ResourceQuotaProps {
  readonly namespace: string;
  readonly name: string;
  /** Limit by resource name; nothing is made where there is none. */
  readonly hard: Readonly<Record<string, string>>;
}

/** A limit on one namespace. */
export function resourceQuota(scope: Construct, { namespace, name, hard }: ResourceQuotaProps): void {
  const limits = Object.entries(hard);
  if (limits.length === 0) return;
  new k8s.KubeResourceQuota(scope, name, {
    metadata: { name, namespace },
    spec: { hard: Object.fromEntries(limits.map(([key, value]) => [key, k8s.Quantity.fromString(value)])) },
  });
}
