import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import { LABELS } from '../../catalog/labels.ts';
import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { valuesOfChart } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

interface ExporterValues {
  readonly customMetrics?: string;
}

/** Names of DCGM's fields, as they stand in expressions. */
const GPU_METRIC = /\bDCGM_(?:FI|EXP)_[A-Z0-9_]+\b/g;

function collected(bundle: Bundle): ReadonlySet<string> | undefined {
  const files = valuesOfChart<ExporterValues>(bundle, 'dcgm-exporter').map(({ values }) => values.customMetrics);
  // Without a file of ours the exporter collects the list of its image.
  if (files.some((file) => file === undefined)) return undefined;
  const lines = files.flatMap((file) => (file ?? '').split('\n'));
  return new Set(lines.flatMap((line) => (line.trim().startsWith('#') ? [] : (line.split(',')[0]?.trim() ?? []))));
}

/** Alert and recording rules, and dashboards. */
function readers(bundle: Bundle): readonly BundleObject[] {
  const inventory = inventoryOf(bundle);
  const dashboards = inventory
    .ofKind('ConfigMap')
    .filter(({ manifest }) => manifest.metadata.labels && LABELS.grafanaDashboard in Object(manifest.metadata.labels));
  return [...inventory.ofKind('PrometheusRule'), ...dashboards];
}

export const metricNotCollected: Rule = {
  id: 'MON003',
  title: 'Alerts and dashboards use GPU metrics that the exporter collects',
  severity: 'error',
  protectsFrom: 'an alert about idle or broken GPUs that can never fire, and panels that stay empty',
  because:
    'An expression over a metric that does not exist has no result, which is no error and no alert. The exporter collects the fields of its counter file and no others.',
  source: 'Prometheus documentation, "Alerting rules"; dcgm-exporter 4.8.3, README "Changing Metrics"',
  example: {
    of: 'objects',
    breaks: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: gpus, namespace: monitoring }
spec: { groups: [{ name: gpus, rules: [{ alert: GpuHot, expr: DCGM_FI_DEV_GPU_TEMPERATURE > 85 }] }] }`,
    mended: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: gpus, namespace: monitoring }
spec: { groups: [{ name: gpus, rules: [{ alert: GpuHot, expr: DCGM_FI_DEV_GPU_TEMP > 85 }] }] }`,
  },
  check: (bundle) => {
    const objects = readers(bundle);
    const known = objects.length > 0 ? collected(bundle) : undefined;
    if (!known) return [];
    return objects.flatMap((object) => {
      const used = [...new Set(JSON.stringify(object.manifest).match(GPU_METRIC) ?? [])];
      return used
        .filter((name) => !known.has(name))
        .map((name) => aboutObject(object, `uses ${name}, which nothing collects.`, didYouMean(name, [...known])));
    });
  },
};
