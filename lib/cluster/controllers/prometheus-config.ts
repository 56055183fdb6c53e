import { join } from 'node:path';
import type { JsonObject } from '../../core/json.ts';
import type { ClusterContext } from '../component.ts';
import { portOf } from '../state.ts';
import type { PrometheusSettings } from './prometheus-settings.ts';
import type { ServiceTarget } from './service-targets.ts';

/** What an endpoint of a ServiceMonitor says about scraping, as far as it means something here. */
export interface ScrapedEndpoint {
  /** `serviceMonitor/<namespace>/<name>/<index>`, as prometheus-operator calls it. */
  readonly job: string;
  readonly endpoint: JsonObject;
  readonly targets: readonly ServiceTarget[];
}

/** Half of what kube-prometheus-stack sets: what happens here should be seen soon. */
const INTERVAL = '15s';
/** Ports of processes that speak the text format over plain HTTP end like this. */
const METRICS_SUFFIX = '-metrics';

const address = (port: number): string => `127.0.0.1:${port}`;

/** Jobs of the control plane, called as kube-prometheus-stack calls them; each with the port and authority it has here. */
const CONTROL_PLANE = [
  { job: 'apiserver', port: 'kube-apiserver', authority: 'ca', client: 'admin' },
  { job: 'kube-controller-manager', port: 'kube-controller-manager', authority: 'ca', client: 'admin' },
  { job: 'kube-scheduler', port: 'kube-scheduler', authority: 'ca', client: 'admin' },
  { job: 'kube-etcd', port: 'etcd', authority: 'etcd-ca', client: 'etcd' },
] as const;

function controlPlaneJobs({ folder, ports }: ClusterContext): readonly JsonObject[] {
  const pki = (file: string): string => join(folder, 'pki', file);
  return CONTROL_PLANE.filter(({ port }) => ports[port] !== undefined).map(({ job, port, authority, client }) => ({
    job_name: job,
    scheme: 'https',
    tls_config: {
      ca_file: pki(`${authority}.crt`),
      cert_file: pki(`${client}.crt`),
      key_file: pki(`${client}.key`),
    },
    static_configs: [{ targets: [address(portOf(ports, port))] }],
  }));
}

/** `sourceLabels` of the operator's objects is `source_labels` in the file. */
function snakeCase(rule: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}

function monitorJob({ job, endpoint, targets }: ScrapedEndpoint): JsonObject {
  const { path, interval, honorLabels, metricRelabelings } = endpoint;
  return {
    job_name: job,
    ...(path === undefined ? {} : { metrics_path: path }),
    ...(interval === undefined ? {} : { scrape_interval: interval }),
    ...(honorLabels === undefined ? {} : { honor_labels: honorLabels }),
    ...(Array.isArray(metricRelabelings)
      ? { metric_relabel_configs: metricRelabelings.map((rule) => snakeCase(rule as JsonObject)) }
      : {}),
    static_configs: targets.map(({ port, labels }) => ({ targets: [address(port)], labels })),
  };
}

/** Processes with metrics that no monitor of the environment speaks of, and kwok. */
function otherJobs({ ports }: ClusterContext, scraped: ReadonlySet<number>): readonly JsonObject[] {
  const named = Object.entries(ports).flatMap(([name, port]) =>
    name.endsWith(METRICS_SUFFIX) && !scraped.has(port) ? [[name.slice(0, -METRICS_SUFFIX.length), port] as const] : [],
  );
  const kwok = ports.kwok === undefined ? [] : [['kwok', ports.kwok] as const];
  return [...named, ...kwok].map(([job, port]) => ({
    job_name: job,
    static_configs: [{ targets: [address(port)] }],
  }));
}

/** Content of prometheus.yml. */
export function prometheusConfig(
  context: ClusterContext,
  { externalLabels }: PrometheusSettings,
  endpoints: readonly ScrapedEndpoint[],
): JsonObject {
  const scraped = new Set(endpoints.flatMap(({ targets }) => targets.map(({ port }) => port)));
  return {
    global: { scrape_interval: INTERVAL, evaluation_interval: INTERVAL, external_labels: externalLabels },
    rule_files: [join('rules', '*.yaml')],
    scrape_configs: [
      ...controlPlaneJobs(context),
      ...endpoints.filter(({ targets }) => targets.length > 0).map(monitorJob),
      ...otherJobs(context, scraped),
    ],
  };
}
