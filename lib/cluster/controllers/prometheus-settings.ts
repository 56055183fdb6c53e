import type { Bundle, Manifest } from '../../bundle/bundle.ts';
import { CHARTS } from '../../catalog/charts.ts';
import type { JsonObject } from '../../core/json.ts';

/** One object of prometheus-operator, as far as it matters here. */
export interface MonitoringObject {
  readonly namespace: string;
  readonly name: string;
  readonly spec: JsonObject;
}

/** What the environment says of Prometheus: the values of its release, and the objects that the operator would read. */
export interface PrometheusSettings {
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly rules: readonly MonitoringObject[];
  readonly serviceMonitors: readonly MonitoringObject[];
  /** Kinds and names of what asks for pods or other servers to be scraped, which are not there. */
  readonly notScraped: readonly string[];
}

interface Values {
  readonly prometheus?: { readonly prometheusSpec?: { readonly externalLabels?: Readonly<Record<string, string>> } };
}

const UNREACHABLE = ['PodMonitor', 'Probe', 'ScrapeConfig'];

const monitoringObject = ({ metadata, spec }: Manifest): MonitoringObject => ({
  namespace: metadata.namespace ?? 'default',
  name: metadata.name,
  spec: (spec ?? {}) as JsonObject,
});

/** Reads the release of kube-prometheus-stack and the objects beside it; undefined where there is no such release. */
export function prometheusSettings({ releases, objects }: Bundle): PrometheusSettings | undefined {
  const release = releases.find(({ chart }) => chart.name === CHARTS.kubePrometheusStack.name);
  if (release === undefined) return undefined;
  const monitoring = objects
    .map(({ manifest }) => manifest)
    .filter(({ apiVersion }) => apiVersion.startsWith('monitoring.coreos.com/'));
  const ofKind = (kind: string): readonly MonitoringObject[] =>
    monitoring.filter((manifest) => manifest.kind === kind).map(monitoringObject);
  const { prometheus } = release.values as unknown as Values;
  return {
    externalLabels: prometheus?.prometheusSpec?.externalLabels ?? {},
    rules: ofKind('PrometheusRule'),
    serviceMonitors: ofKind('ServiceMonitor'),
    notScraped: UNREACHABLE.flatMap((kind) =>
      ofKind(kind).map(({ namespace, name }) => `${kind} ${namespace}/${name}`),
    ),
  };
}
