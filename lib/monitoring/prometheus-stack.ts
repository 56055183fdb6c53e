import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import type { Platform } from '../model/platform.ts';
import { GRAFANA_ROLE } from './grafana-values.ts';
import { prometheusStackValues } from './prometheus-stack-values.ts';

export interface PrometheusStackProps {
  readonly platform: Platform;
}

/**
 * Metrics, alerts and dashboards of the cluster (MON-6). Phase 20-controllers, because it brings the kinds
 * monitoring.coreos.com/v1 that later phases use.
 */
export class PrometheusStack extends Construct {
  constructor(scope: Construct, id: string, { platform }: PrometheusStackProps) {
    super(scope, id);
    declareOrigin(this, ['monitoring']);
    const chart = CHARTS.kubePrometheusStack;
    // Dashboards are ConfigMaps of any namespace; that is all that Grafana reads in the cluster.
    new k8s.KubeClusterRole(this, 'grafana-role', {
      metadata: { name: GRAFANA_ROLE },
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
    });
    new HelmRelease(this, 'release', {
      name: chart.name,
      chart,
      namespace: platform.environment.monitoring.namespace,
      values: asJsonObject(prometheusStackValues(platform)),
    });
  }
}
