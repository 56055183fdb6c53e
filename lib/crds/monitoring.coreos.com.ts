import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { kubernetesObject, type ObjectMetadata } from '../constructs/kubernetes-object.ts';
import type { LabelRequirement } from './admissionregistration.k8s.io.ts';

/** monitoring.coreos.com/v1 ServiceMonitor (prometheus-operator): Services whose pods Prometheus scrapes. */
export interface ServiceMonitorSpec {
  readonly selector: {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly LabelRequirement[];
  };
  /** Default: the namespace of the monitor. */
  readonly namespaceSelector?: { readonly matchNames: readonly string[] };
  /** `port` is the name of a port of the Service. */
  readonly endpoints: readonly { readonly port: string }[];
}

export function serviceMonitor(
  scope: Construct,
  id: string,
  metadata: ObjectMetadata & { readonly namespace: string },
  spec: ServiceMonitorSpec,
): ApiObject {
  const apiVersion = 'monitoring.coreos.com/v1';
  return kubernetesObject(scope, id, { apiVersion, kind: 'ServiceMonitor', metadata, body: { spec } });
}
