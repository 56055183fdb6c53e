import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chartsWithValues, chartValues } from '../../lib/catalog/chart-values.ts';
import { CHARTS } from '../../lib/catalog/charts.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';

describe('CLOUD-3 values that a chart reads', () => {
  test.each<[string, JsonObject]>([
    [
      'karpenter',
      {
        settings: { clusterName: 'prod', featureGates: { nodeOverlay: true } },
        nodeSelector: { 'kubernetes.io/os': 'linux', 'atelier.dev/node-pool': 'system' },
        controller: { resources: { requests: { cpu: '1' } } },
      },
    ],
    [
      'rstudio-workbench',
      {
        replicas: 2,
        config: {
          server: {
            'rserver.conf': { 'load-balancing-enabled': 1 },
            'launcher.kubernetes.resources.conf': { small: { name: 'Small', cpus: '2' } },
          },
          profiles: { 'launcher.kubernetes.profiles.conf': { '*': { 'max-cpus': '4' } } },
          session: { 'rsession.conf': { 'session-timeout-minutes': 60 } },
        },
        launcher: { templateValues: { rules: [{}], ruleConstraints: ['a'], pod: { priorityClassName: 'low' } } },
        resources: { requests: { enabled: true, cpu: '1' } },
      },
    ],
    ['cluster-autoscaler', { extraArgs: { 'scale-down-unneeded-time': '5m' }, image: { tag: 'v1.36.1' } }],
    ['dcgm-exporter', { customMetrics: 'DCGM_FI_DEV_GPU_UTIL, gauge, use', livenessProbe: { periodSeconds: 9 } }],
    [
      'gpu-operator',
      {
        driver: { enabled: false },
        migManager: { config: { create: true, name: 'mig', data: {} } },
        dcgmExporter: { config: { name: 'metrics', data: {} } },
        'node-feature-discovery': { worker: { tolerations: [], config: { sources: { custom: [] } } } },
      },
    ],
    ['nvidia-device-plugin', { config: { map: { gpu: '' } }, nfd: { worker: { tolerations: [] } } }],
    ['aws-node-termination-handler', { taintNode: true, enableSpotInterruptionDraining: true }],
    ['kyverno', { admissionController: { replicas: 3 }, config: { webhooks: { objectSelector: {} } } }],
    [
      'kube-prometheus-stack',
      {
        prometheus: { prometheusSpec: { retention: '15d', ruleSelectorNilUsesHelmValues: false } },
        grafana: {
          'grafana.ini': { auth: { x: 1 } },
          persistence: { storageClassName: 'gp3' },
          priorityClassName: 'p',
        },
        'kube-state-metrics': { metricLabelsAllowlist: ['pods=[*]'] },
        'prometheus-node-exporter': { tolerations: [{ operator: 'Exists' }] },
        alertmanager: { config: { receivers: [{ name: 'team' }] } },
      },
    ],
    ['fluent-bit', { config: { outputs: '' }, tolerations: [], serviceMonitor: { interval: '30s' } }],
    ['karpenter-crd', { additionalAnnotations: { a: 'b' } }],
  ])('GIVEN %s WHEN values are as the chart has them THEN nothing is reported', (chart, values) => {
    expect(unknownValuePaths(chart, values)).toEqual([]);
  });

  test('GIVEN a key with a slash WHEN it is known THEN it is escaped and found; WHEN not, reported escaped', () => {
    expect(unknownValuePaths('karpenter', { 'a/b~c': 1 })).toEqual([{ path: 'a~1b~0c', reason: 'no-such-key' }]);
  });

  test('GIVEN a key that is undefined WHEN checked THEN it is as if it were not there', () => {
    expect(unknownValuePaths('karpenter', { nonsense: undefined })).toEqual([]);
  });

  test('GIVEN null WHEN the chart has a map THEN it is accepted: Helm takes the default away', () => {
    expect(unknownValuePaths('karpenter', { settings: null })).toEqual([]);
  });
});

describe('CLOUD-3 values that a chart does not read', () => {
  test.each<[string, JsonObject, string, string | undefined]>([
    ['karpenter', { setings: { clusterName: 'x' } }, 'setings', 'settings'],
    ['karpenter', { settings: { clusterNam: 'x' } }, 'settings/clusterNam', 'settings/clusterName'],
    [
      'karpenter',
      { settings: { featureGates: { nodeOverlays: true } } },
      'settings/featureGates/nodeOverlays',
      'settings/featureGates/nodeOverlay',
    ],
    [
      'rstudio-workbench',
      { config: { server: { 'rsever.conf': {} } } },
      'config/server/rsever.conf',
      'config/server/rserver.conf',
    ],
    [
      'rstudio-workbench',
      { launcher: { templateValues: { pod: { tolaration: [] } } } },
      'launcher/templateValues/pod/tolaration',
      'launcher/templateValues/pod/tolerations',
    ],
    [
      'rstudio-workbench',
      { resources: { limits: { memry: '1' } } },
      'resources/limits/memry',
      'resources/limits/memory',
    ],
    ['dcgm-exporter', { livenessProbe: { timeoutSeconds: 9 } }, 'livenessProbe/timeoutSeconds', undefined],
    // Near to image/tag, which is no sibling.
    ['dcgm-exporter', { imagetag: '1' }, 'imagetag', undefined],
    [
      'kube-prometheus-stack',
      { grafana: { sidecar: { dashboards: { serchNamespace: 'ALL' } } } },
      'grafana/sidecar/dashboards/serchNamespace',
      'grafana/sidecar/dashboards/searchNamespace',
    ],
  ])('GIVEN %s WHEN %j is emitted THEN %s is reported', (chart, values, path, near) => {
    const expected = { path, reason: 'no-such-key', ...(near === undefined ? {} : { nearest: near }) };
    expect(unknownValuePaths(chart, values)).toEqual([expected]);
  });

  test('GIVEN an unknown map WHEN it has children THEN only the map is reported', () => {
    expect(unknownValuePaths('karpenter', { zzzzzz: { a: 1, b: 2 } })).toHaveLength(1);
  });

  test.each([true, 'x', 3, ['x']])('GIVEN a map of the chart WHEN %j stands there THEN map-expected', (value) => {
    expect(unknownValuePaths('karpenter', { settings: { featureGates: value } })).toEqual([
      { path: 'settings/featureGates', reason: 'map-expected' },
    ]);
  });

  test('GIVEN a scalar of the chart WHEN a map stands there THEN scalar-expected', () => {
    expect(unknownValuePaths('dcgm-exporter', { image: { tag: { name: 'x' } } })).toEqual([
      { path: 'image/tag', reason: 'scalar-expected' },
    ]);
  });

  test('GIVEN several mistakes WHEN checked THEN each is reported', () => {
    const values = { settings: { a: 1, b: 1 }, controller: { imge: {} } };
    expect(unknownValuePaths('karpenter', values).map(({ path }) => path)).toEqual([
      'settings/a',
      'settings/b',
      'controller/imge',
    ]);
  });

  test('GIVEN a chart without values WHEN checked THEN a RangeError names the nearest', () => {
    expect(() => unknownValuePaths('karpnter', {})).toThrow(/"karpnter"\. Did you mean "karpenter"\?/);
    expect(() => unknownValuePaths('__proto__', {})).toThrow(RangeError);
  });
});

describe('CLOUD-3 collected values', () => {
  const byHand = JSON.parse(
    readFileSync(new URL('../../lib/catalog/data/chart-values-by-hand.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, Readonly<Record<string, { readonly reason: string }>>>>;

  test('GIVEN the data folder WHEN listed THEN there is one file for each chart we install and no other', () => {
    const files = readdirSync(new URL('../../lib/catalog/data/chart-values/', import.meta.url)).sort();
    expect(files).toEqual(chartsWithValues.map((name) => `${name}.json`).sort());
  });

  test('GIVEN every chart WHEN its values are read THEN they are those of the version we install', () => {
    for (const { name, version } of Object.values(CHARTS)) {
      const values = chartValues(name);
      expect(values?.chart).toBe(name);
      // The chart 4.8.3 is in no snapshot that could be had; its values are those of 4.8.2.
      expect(values?.version).toBe(name === 'dcgm-exporter' ? '4.8.2' : version);
      expect(values?.source).toMatch(/@.*\((Apache-2\.0|MIT)\)/);
    }
  });

  test('GIVEN any path WHEN its parent is looked up THEN that is a map, or open by hand', () => {
    for (const name of chartsWithValues) {
      const paths = chartValues(name)?.paths ?? new Map<string, never>();
      for (const path of paths.keys()) {
        const parts = path.split('/');
        const parent = parts.slice(0, -1).join('/');
        if (parts.length === 1) continue;
        const open = parts.some((_, index) => byHand[name]?.[parts.slice(0, index).join('/')] !== undefined);
        expect(paths.get(parent) === 'map' || open, `${name} ${path}`).toBe(true);
      }
    }
  });

  test('GIVEN what was added by hand WHEN read THEN each has a chart, a parent and a reason', () => {
    for (const [name, entries] of Object.entries(byHand)) {
      expect(chartsWithValues).toContain(name);
      for (const [path, { reason }] of Object.entries(entries)) {
        const parent = path.split('/').slice(0, -1).join('/');
        if (parent !== '') expect(chartValues(name)?.paths.has(parent), `${name} ${path}`).toBe(true);
        expect(reason.length).toBeGreaterThan(10);
      }
    }
  });
});
