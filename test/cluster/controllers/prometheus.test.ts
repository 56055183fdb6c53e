import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRoutes } from '../../../lib/cluster/control-plane/service-network.ts';
import { prometheusConfig } from '../../../lib/cluster/controllers/prometheus-config.ts';
import { prometheusSettings } from '../../../lib/cluster/controllers/prometheus-settings.ts';
import { serviceTargets } from '../../../lib/cluster/controllers/service-targets.ts';
import { DEFAULT_OPTIONS } from '../../../lib/cluster/state.ts';
import { synthesize } from '../../../stacks/synth.ts';
import { eksInput } from '../../fixtures/environment.ts';

const monitor = (spec: object) => ({ namespace: 'kyverno', name: 'kyverno', spec: spec as never });
const service = (name: string, namespace: string, labels: Record<string, string>, clusterIP: string) => ({
  metadata: { name, namespace, labels },
  spec: {
    clusterIP,
    ports: [
      { name: 'metrics', port: 8000 },
      { name: 'other', port: 9 },
    ],
  },
});

describe('Prometheus as a process (PROVE-5, MON-6)', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'atelier-routes-'));
    addRoutes(folder, { '10.96.0.5:8000': 41, '10.96.0.6:8000': 42 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const services = [
    service('here', 'kyverno', { app: 'a', part: 'x' }, '10.96.0.5'),
    service('elsewhere', 'other', { app: 'a' }, '10.96.0.6'),
    service('nobody', 'kyverno', { app: 'a' }, '10.96.0.7'),
  ];
  const found = (spec: object): readonly string[] =>
    serviceTargets(folder, services, monitor(spec), 'metrics').map(({ labels }) => labels.service);

  it('GIVEN ServiceMonitors THEN their selectors find Services, and of these those with a process behind them', () => {
    expect(found({ selector: { matchLabels: { app: 'a' } } })).toEqual(['here']);
    expect(found({ selector: {}, namespaceSelector: { any: true } })).toEqual(['here', 'elsewhere']);
    expect(found({ selector: {}, namespaceSelector: { matchNames: ['other'] } })).toEqual(['elsewhere']);
    const expression = (operator: string, values?: readonly string[]) => ({
      selector: { matchExpressions: [{ key: 'part', operator, ...(values ? { values } : {}) }] },
    });
    expect(found(expression('In', ['x']))).toEqual(['here']);
    expect(found(expression('NotIn', ['x']))).toEqual([]);
    expect(found(expression('Exists'))).toEqual(['here']);
    expect(found(expression('DoesNotExist'))).toEqual([]);
    expect(serviceTargets(folder, services, monitor({ selector: {} }), 'metrics')).toEqual([
      { port: 41, labels: { job: 'here', namespace: 'kyverno', service: 'here', endpoint: 'metrics' } },
    ]);
  });

  it('GIVEN processes with metrics THEN each is scraped once, by the monitor where there is one', () => {
    const ports = { 'kube-apiserver': 1, etcd: 2, 'hnc-metrics': 3, 'kyverno-metrics': 41, kwok: 5, 'hnc-probes': 6 };
    const [target] = serviceTargets(folder, services, monitor({ selector: {} }), 'metrics');
    if (target === undefined) throw new Error('no target');
    const endpoint = {
      port: 'metrics',
      interval: '5s',
      metricRelabelings: [{ sourceLabels: ['a'], targetLabel: 'b' }],
    };
    const config = prometheusConfig(
      { folder, ports, options: DEFAULT_OPTIONS },
      { externalLabels: { cluster: 'one' }, rules: [], serviceMonitors: [], notScraped: [] },
      [
        { job: 'serviceMonitor/kyverno/kyverno/0', endpoint, targets: [target] },
        { job: 'serviceMonitor/x/y/0', endpoint: {}, targets: [] },
      ],
    );
    const jobs = config.scrape_configs as readonly Record<string, unknown>[];
    expect(jobs.map(({ job_name }) => job_name)).toEqual([
      'apiserver',
      'kube-etcd',
      'serviceMonitor/kyverno/kyverno/0',
      'hnc',
      'kwok',
    ]);
    expect(jobs[2]).toEqual({
      job_name: 'serviceMonitor/kyverno/kyverno/0',
      scrape_interval: '5s',
      metric_relabel_configs: [{ source_labels: ['a'], target_label: 'b' }],
      static_configs: [{ targets: ['127.0.0.1:41'], labels: target.labels }],
    });
    expect(config.global).toMatchObject({ external_labels: { cluster: 'one' } });
  });

  it('GIVEN an environment THEN labels, rules and monitors are read from it, and what means nothing here is named', () => {
    const synthesis = synthesize(eksInput());
    if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems));
    const { bundle } = synthesis;
    const object = (kind: string, spec: object) => ({
      phase: '70-monitoring' as const,
      origin: { construct: 'test', path: 'monitoring' },
      manifest: { apiVersion: 'monitoring.coreos.com/v1', kind, metadata: { name: 'one', namespace: 'ns' }, spec },
    });
    const groups = [{ name: 'g', rules: [] }];
    const objects = [...bundle.objects, object('PrometheusRule', { groups }), object('PodMonitor', {})];
    const settings = prometheusSettings({ ...bundle, objects: objects as typeof bundle.objects });
    expect(settings?.rules).toEqual([{ namespace: 'ns', name: 'one', spec: { groups } }]);
    expect(settings?.serviceMonitors.map(({ name }) => name)).toEqual(['kyverno']);
    expect(settings?.notScraped).toEqual(['PodMonitor ns/one']);
    expect(settings?.externalLabels).toHaveProperty('cluster');
    expect(prometheusSettings({ ...bundle, releases: [] })).toBeUndefined();
  });
});
