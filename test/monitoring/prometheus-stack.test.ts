import { describe, expect, it } from 'vitest';
import { PLATFORM_DAEMON_SETS } from '../../lib/catalog/daemon-sets.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { PrometheusStack } from '../../lib/monitoring/prometheus-stack.ts';
import { prometheusStackValues } from '../../lib/monitoring/prometheus-stack-values.ts';
import { tolerates } from '../../lib/scheduling/toleration.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

const valuesOf = (input: EnvironmentInput = eksInput()) => prometheusStackValues(platformOf(input));

describe('PrometheusStack (MON-6)', () => {
  it.each([
    ['EKS', eksInput({ monitoring: { grafanaHost: 'grafana.example.org', replicas: 3 } })],
    ['on-premises', onPremisesInput({ monitoring: { controlPlane: true } })],
  ])('GIVEN %s WHEN synthesised THEN the chart reads every value', (_, input) => {
    const platform = platformOf(input);
    const { releases } = synthesize((scope) => new PrometheusStack(scope, 'stack', { platform }));
    expect(releases.map(({ name, namespace }) => [name, namespace])).toEqual([['kube-prometheus-stack', 'monitoring']]);
    for (const { values } of releases) expect(unknownValuePaths('kube-prometheus-stack', values)).toEqual([]);
  });

  it('GIVEN monitors and rules of any namespace WHEN selected THEN all five selectors are open', () => {
    const { prometheusSpec } = valuesOf().prometheus;
    const switches = Object.entries(prometheusSpec).filter(([key]) => key.endsWith('SelectorNilUsesHelmValues'));
    expect(Object.fromEntries(switches)).toEqual({
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
    });
  });

  it('GIVEN retention and a volume WHEN sized THEN blocks stop before the volume is full', () => {
    const { prometheusSpec } = valuesOf(eksInput({ monitoring: { retention: '14d', storage: '100Gi' } })).prometheus;
    expect(prometheusSpec).toMatchObject({ retention: '336h', retentionSize: '81920MiB' });
    expect(prometheusSpec.storageSpec.volumeClaimTemplate.spec).toEqual({
      storageClassName: 'gp3',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '100Gi' } },
    });
  });

  it('GIVEN three replicas WHEN placed THEN each has a node of its own and two always stay', () => {
    const { prometheus, alertmanager } = valuesOf(eksInput({ monitoring: { replicas: 3 } }));
    expect(prometheus.prometheusSpec).toMatchObject({ replicas: 3, podAntiAffinity: 'hard' });
    expect(alertmanager.alertmanagerSpec).toMatchObject({ replicas: 3, podAntiAffinity: 'hard' });
    expect(prometheus.podDisruptionBudget).toEqual({ enabled: true, minAvailable: 2 });
    expect(alertmanager.podDisruptionBudget).toEqual({ enabled: true, minAvailable: 2 });
  });

  it('GIVEN one replica WHEN placed THEN no budget blocks the drain of its node', () => {
    expect(valuesOf().prometheus).not.toHaveProperty('podDisruptionBudget');
  });

  it('GIVEN a system pool WHEN placed THEN every controller runs there and with the platform priority', () => {
    const values = valuesOf();
    const controllers = [
      values.prometheus.prometheusSpec,
      values.alertmanager.alertmanagerSpec,
      values.grafana,
      values.prometheusOperator,
      values.prometheusOperator.admissionWebhooks.patch,
      values['kube-state-metrics'],
    ];
    for (const controller of controllers) {
      expect(controller).toMatchObject({
        nodeSelector: { 'atelier.dev/node-pool': 'system' },
        tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }],
        priorityClassName: 'atelier-infrastructure',
      });
    }
  });

  it('GIVEN a ladder without a class for infrastructure WHEN placed THEN pods name none', () => {
    const priorities = [
      { name: 'low', value: -10, tiers: ['platform', 'reservation'] as const, description: 'Placeholders.' },
      { name: 'all', value: 0, tiers: ['tenant', 'session', 'course', 'platform'] as const, description: 'All.' },
    ].map((step) => ({ ...step, tiers: [...step.tiers] }));
    const values = valuesOf(eksInput({ priorities }));
    expect(values.grafana).not.toHaveProperty('priorityClassName');
    expect(values['prometheus-node-exporter']).not.toHaveProperty('priorityClassName');
  });

  it('GIVEN taints of all pools WHEN placed THEN node-exporter tolerates each, and asks for what was counted', () => {
    const platform = platformOf(
      eksInput({ startupTaints: [{ key: 'node.cilium.io/agent-not-ready', effect: 'NoExecute' }] }),
    );
    const exporter = prometheusStackValues(platform)['prometheus-node-exporter'];
    const taints = [...platform.pools.flatMap((pool) => pool.taints), ...platform.environment.startupTaints];
    for (const taint of taints) expect(exporter.tolerations.some((each) => tolerates(each, taint))).toBe(true);
    const { cpu, memory } = exporter.resources.requests;
    const counted = PLATFORM_DAEMON_SETS.nodeExporter;
    expect([parseMillicpu(cpu), parseBytes(memory)]).toEqual([counted.millicpu, counted.memoryBytes]);
  });

  it('GIVEN a cluster without a cloud WHEN placed THEN node-exporter also runs beside the control plane', () => {
    const controlPlane = { key: 'node-role.kubernetes.io/control-plane', value: '', effect: 'NoSchedule' } as const;
    const reaches = (input: EnvironmentInput) =>
      valuesOf(input)['prometheus-node-exporter'].tolerations.some((each) => tolerates(each, controlPlane));
    expect([reaches(onPremisesInput()), reaches(eksInput())]).toEqual([true, false]);
  });

  it('GIVEN kube-state-metrics WHEN it labels THEN tenant, profile and pool are on its series', () => {
    const allowed = valuesOf()['kube-state-metrics'].metricLabelsAllowlist;
    expect(allowed).toContainEqual(expect.stringMatching(/^pods=\[.*atelier\.dev\/session-profile.*\]$/));
    expect(allowed).toContainEqual(expect.stringMatching(/^namespaces=\[.*atelier\.dev\/tenant.*\]$/));
    expect(allowed).toContainEqual(expect.stringMatching(/^nodes=\[.*atelier\.dev\/node-pool.*\]$/));
  });

  it('GIVEN EKS WHEN scraped THEN no part of the control plane is, whatever the environment says', () => {
    const parts = (input: EnvironmentInput) => {
      const { kubeEtcd, kubeControllerManager, kubeScheduler, kubeProxy } = valuesOf(input);
      return [kubeEtcd, kubeControllerManager, kubeScheduler, kubeProxy].map(({ enabled }) => enabled);
    };
    expect(parts(eksInput({ monitoring: { controlPlane: true } }))).toEqual([false, false, false, false]);
    expect(parts(onPremisesInput())).toEqual([false, false, false, false]);
    expect(parts(onPremisesInput({ monitoring: { controlPlane: true } }))).toEqual([true, true, true, true]);
  });

  it('GIVEN Grafana WHEN configured THEN its password is a reference and dashboards are found by label everywhere', () => {
    const { grafana } = valuesOf(eksInput({ monitoring: { grafanaAdminSecret: 'login' } }));
    expect(grafana.admin).toEqual({ existingSecret: 'login' });
    expect(JSON.stringify(valuesOf())).not.toMatch(/adminPassword/);
    expect(grafana.sidecar.dashboards).toMatchObject({
      label: 'grafana_dashboard',
      labelValue: '1',
      searchNamespace: 'ALL',
    });
  });

  it('GIVEN Grafana WHEN it looks for dashboards THEN the role it is bound to exists and reads ConfigMaps, no Secret (MON-6)', () => {
    const platform = platformOf(eksInput());
    const stack = synthesize((scope) => new PrometheusStack(scope, 'stack', { platform }));
    const { rbac, sidecar } = prometheusStackValues(platform).grafana;
    const role = manifestsOf(stack, 'ClusterRole')[rbac.useExistingClusterRole];
    expect(role?.rules).toEqual([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }]);
    // A sidecar that watched Secrets as well would be forbidden to, and never start.
    expect([sidecar.dashboards.resource, sidecar.datasources.resource]).toEqual(['configmap', 'configmap']);
  });

  it('GIVEN a host for Grafana WHEN behind alb THEN it has TLS and a health check that does not redirect', () => {
    const { grafana } = valuesOf(eksInput({ monitoring: { grafanaHost: 'grafana.example.org' } }));
    expect(grafana.ingress).toMatchObject({
      ingressClassName: 'alb',
      hosts: ['grafana.example.org'],
      tls: [{ hosts: ['grafana.example.org'] }],
      annotations: { 'alb.ingress.kubernetes.io/healthcheck-path': '/api/health' },
    });
    expect(grafana['grafana.ini']?.server.root_url).toBe('https://grafana.example.org');
    expect(valuesOf().grafana).not.toHaveProperty('ingress');
  });
});
