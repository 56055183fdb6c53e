import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import type { Labels } from '../../core/label-selector.ts';
import { hasLabels } from './label-selector.ts';
import { type PodTemplate, podTemplates } from './pod-template.ts';

/** core/v1 ServiceSpec, as far as rules read it. */
export interface ServiceSpec {
  readonly selector?: Labels;
  readonly ports?: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: string | number;
  }[];
}

export function serviceSpec({ manifest }: BundleObject): ServiceSpec {
  return (manifest.spec ?? {}) as unknown as ServiceSpec;
}

/** Pods of the Bundle that the Service sends to. */
export function podsOfService(bundle: Bundle, service: BundleObject): readonly PodTemplate[] {
  const { selector } = serviceSpec(service);
  if (!selector) return [];
  const { namespace } = service.manifest.metadata;
  return podTemplates(bundle).filter((pod) => pod.namespace === namespace && hasLabels(pod.labels, selector));
}

/** The port of the pods behind a port of the Service; `undefined` where the pods have none of that name. */
export function targetPort(
  { spec }: PodTemplate,
  port: { port: number; targetPort?: string | number },
): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const all = spec.containers.flatMap(({ ports = [] }) => ports);
  return all.find(({ name }) => name === target)?.containerPort;
}
