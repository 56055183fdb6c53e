import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../lib/core/json.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import { KyvernoController } from '../../lib/policies/kyverno-controller.ts';
import { kyvernoValues } from '../../lib/policies/kyverno-values.ts';
import { PolicyMetrics } from '../../lib/policies/policy-metrics.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';

describe('Kyverno', () => {
  it('GIVEN an environment WHEN it is synthesised THEN there is one release at the pinned version (POL-5)', () => {
    const platform = platformOf(eksInput());
    const { releases } = synthesize((scope) => new KyvernoController(scope, 'kyverno', { platform }));
    expect(releases.map(({ name, namespace, chart }) => [name, namespace, chart.name, chart.version])).toEqual([
      ['kyverno', 'kyverno', 'kyverno', '3.9.0'],
    ]);
    expect(releases[0]?.origin.path).toBe('policies');
  });

  it.each([eksInput(), onPremisesInput()])(
    'GIVEN its values WHEN the chart reads them THEN it knows every path',
    (input) => {
      expect(unknownValuePaths('kyverno', asJsonObject(kyvernoValues(platformOf(input))))).toEqual([]);
    },
  );

  it('GIVEN exceptions WHEN they could come from anywhere THEN only those of the one namespace count (POL-3)', () => {
    const { features, rbac } = kyvernoValues(platformOf(eksInput({ policies: { exceptionsNamespace: 'granted' } })));
    expect(features.policyExceptions).toEqual({ enabled: true, namespace: 'granted' });
    expect(rbac.roles.aggregate.admin).toBe(false);
    expect(features.generateValidatingAdmissionPolicy.enabled).toBe(false);
  });

  it('GIVEN its webhooks WHEN namespaces are left out THEN kube-system and its own, by the immutable label (POL-5)', () => {
    const { config } = kyvernoValues(platformOf(eksInput()));
    expect(config).toEqual({
      webhooks: {
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
        },
      },
      excludeKyvernoNamespace: true,
    });
  });

  it.each([
    [1, 1, false, 1],
    [2, 2, true, 1],
    [5, 2, true, 4],
  ])(
    'GIVEN %i replicas WHEN nodes are drained THEN all but one pod stay (CLOUD-5)',
    (replicas, standby, budget, stay) => {
      const values = kyvernoValues(platformOf(eksInput({ policies: { replicas } })));
      expect(values.admissionController.replicas).toBe(replicas);
      expect(values.admissionController.podDisruptionBudget).toEqual({ enabled: budget, minAvailable: stay });
      for (const other of [values.backgroundController, values.cleanupController, values.reportsController]) {
        expect(other.replicas).toBe(standby);
      }
    },
  );

  it('GIVEN a system pool WHEN Kyverno is placed THEN all its pods go there, with the priority of the platform', () => {
    expect(kyvernoValues(platformOf(eksInput())).global).toEqual({
      nodeSelector: { 'atelier.dev/node-pool': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }],
      priorityClassName: 'atelier-infrastructure',
    });
    expect(kyvernoValues(platformOf(onPremisesInput())).global).toMatchObject({ nodeSelector: {}, tolerations: [] });
  });

  it('GIVEN policies about subresources WHEN Kyverno checks its rights THEN the reports controller may read them', () => {
    const { extraResources } = kyvernoValues(platformOf(eksInput())).reportsController.rbac.clusterRole;
    expect(extraResources).toEqual([
      { apiGroups: [''], resources: ['pods/ephemeralcontainers', 'pods/resize'], verbs: ['get', 'list', 'watch'] },
    ]);
  });

  it('GIVEN Prometheus WHEN Kyverno is scraped THEN by the named port of its metrics Services', () => {
    const { objects } = synthesize((scope) => new PolicyMetrics(scope, 'metrics'));
    expect(objects.map(({ manifest }) => manifest)).toMatchObject([
      {
        kind: 'ServiceMonitor',
        metadata: { name: 'kyverno', namespace: 'kyverno' },
        spec: {
          selector: {
            matchLabels: { 'app.kubernetes.io/instance': 'kyverno', 'app.kubernetes.io/part-of': 'kyverno' },
          },
          endpoints: [{ port: 'metrics-port' }],
        },
      },
    ]);
  });
});
