import type { DcgmMetric } from '../catalog/dcgm-metrics.ts';

const FIELD = /^DCGM_(FI|EXP)_[A-Z0-9_]+$/;

/**
 * Why the metric cannot stand in a line of dcgm-exporter's counter file, or `undefined` where it can. The exporter splits
 * lines by commas, knows no escape before a quote that follows a space, and does not start on anything but three fields
 * (internal/pkg/counters/counter_config.go ExtractCounters).
 */
function counterProblem({ name, help }: DcgmMetric): string | undefined {
  if (!FIELD.test(name)) return 'its name is none of a DCGM field or exporter counter';
  if (help.trim() === '') return 'it has no help text';
  return /[",#\r\n]/.test(help) ? 'its help text has a comma, quote, hash or line break' : undefined;
}

/**
 * Counter file of dcgm-exporter: `FIELD, type, help` for each metric. It replaces the exporter's default list.
 * Throws a `RangeError` for a metric that would keep the exporter from starting; metrics come from the catalogue, so that
 * is a mistake of ours and not of an environment.
 */
export function renderCounters(metrics: readonly DcgmMetric[]): string {
  const seen = new Set<string>();
  const lines = metrics.map((metric) => {
    const problem = seen.has(metric.name) ? 'it is listed twice' : counterProblem(metric);
    if (problem)
      throw new RangeError(`Metric "${metric.name}" cannot be collected: ${problem}. Correct the catalogue.`);
    seen.add(metric.name);
    return `${metric.name}, ${metric.type}, ${metric.help}`;
  });
  return `${lines.join('\n')}\n`;
}
