import { type LabelSelector, labelMatcher } from '../../core/label-selector.ts';
import type { ApiClient } from '../api-client.ts';
import { readRoutes } from '../control-plane/service-network.ts';
import type { MonitoringObject } from './prometheus-settings.ts';

/** A local process that a ServiceMonitor means, with the labels that prometheus-operator gives to what is behind a Service. */
export interface ServiceTarget {
  readonly port: number;
  readonly labels: {
    readonly job: string;
    readonly namespace: string;
    readonly service: string;
    readonly endpoint: string;
  };
}

interface Service {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly clusterIP: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number }[];
  };
}

interface MonitorSpec {
  readonly selector?: LabelSelector;
  readonly namespaceSelector?: { readonly any?: boolean; readonly matchNames?: readonly string[] };
}

function selects({ spec, namespace }: MonitoringObject, { metadata }: Service): boolean {
  const { selector = {}, namespaceSelector } = spec as MonitorSpec;
  const namespaces = namespaceSelector?.matchNames ?? [namespace];
  return (
    (namespaceSelector?.any === true || namespaces.includes(metadata.namespace)) &&
    labelMatcher(selector)(metadata.labels ?? {})
  );
}

/** Every Service of the cluster. */
export async function listServices(client: ApiClient): Promise<readonly Service[]> {
  const { body } = await client.send({ method: 'GET', path: '/api/v1/services' });
  return (body as { readonly items: readonly Service[] }).items;
}

/** The local processes behind the Services that a ServiceMonitor selects, by one of its endpoints. */
export function serviceTargets(
  folder: string,
  services: readonly Service[],
  monitor: MonitoringObject,
  endpoint: string,
): readonly ServiceTarget[] {
  const routes = readRoutes(folder);
  return services
    .filter((service) => selects(monitor, service))
    .flatMap(({ metadata: { name, namespace }, spec: { clusterIP, ports = [] } }) =>
      ports
        .filter((port) => port.name === endpoint)
        .flatMap(({ port }) => {
          const local = routes[`${clusterIP}:${port}`];
          return local === undefined
            ? []
            : [{ port: local, labels: { job: name, namespace, service: name, endpoint } }];
        }),
    );
}
