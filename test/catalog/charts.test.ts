import { describe, expect, test } from 'vitest';
import { CHARTS, type ChartReference } from '../../lib/catalog/charts.ts';
import { TARGET_VERSIONS } from '../../lib/catalog/versions.ts';

const charts: readonly ChartReference[] = Object.values(CHARTS);

describe('CLOUD-3 chart references', () => {
  test('GIVEN every chart WHEN read THEN it is pinned to one version of one repository', () => {
    for (const chart of charts) {
      expect(chart.version).toMatch(/^v?\d+\.\d+\.\d+$/);
      expect(chart.repository).toMatch(/^(https|oci):\/\/[a-z0-9.]+\/?[a-z0-9./-]*[a-z0-9]$/);
    }
    expect(new Set(charts.map((chart) => chart.name)).size).toBe(charts.length);
  });

  test('GIVEN Karpenter WHEN its CRDs are installed apart THEN both charts have the same version', () => {
    expect(CHARTS.karpenterCrd.version).toBe(CHARTS.karpenter.version);
  });

  test.each([[TARGET_VERSIONS.clusterAutoscaler, TARGET_VERSIONS.kubernetes]])(
    'GIVEN version %s WHEN compared with the target %s THEN it is of that line',
    (version, target) => {
      expect(`${version.replace(/^v/, '')}.`.startsWith(`${target}.`)).toBe(true);
    },
  );
});
