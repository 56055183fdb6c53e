import { describe, expect, it } from 'vitest';
import { DCGM_METRICS, type DcgmMetric } from '../../lib/catalog/dcgm-metrics.ts';
import { renderCounters } from '../../lib/monitoring/dcgm-counters.ts';

const metric = (change: Partial<DcgmMetric>): DcgmMetric => ({
  name: 'DCGM_FI_DEV_GPU_TEMP',
  type: 'gauge',
  help: 'GPU temperature.',
  unit: 'celsius',
  profiling: false,
  source: 'DCGM',
  ...change,
});

describe('renderCounters (MON-1)', () => {
  it('GIVEN the catalogue WHEN rendered THEN every line has exactly three fields and a type the exporter knows', () => {
    const lines = renderCounters(DCGM_METRICS).trimEnd().split('\n');
    expect(lines).toHaveLength(DCGM_METRICS.length);
    for (const line of lines) expect(line).toMatch(/^DCGM_(FI|EXP)_[A-Z0-9_]+, (gauge|counter|label), [^,"#]+\.$/);
  });

  it.each([
    ['a comma in the help', { help: 'Memory used, in MiB.' }, /comma/],
    ['a quote in the help', { help: 'The "used" memory.' }, /quote/],
    ['a line break in the help', { help: 'Memory\nused.' }, /line break/],
    ['no help', { help: ' ' }, /no help/],
    ['a name that is no field', { name: 'GPU_TEMP' }, /none of a DCGM field/],
  ])('GIVEN %s WHEN rendered THEN it is refused with the metric named', (_, change, reason) => {
    const broken = metric(change);
    expect(() => renderCounters([broken])).toThrow(reason);
    expect(() => renderCounters([broken])).toThrow(`"${broken.name}"`);
  });

  it('GIVEN a metric twice WHEN rendered THEN it is refused', () => {
    expect(() => renderCounters([metric({}), metric({})])).toThrow(/listed twice/);
  });
});
