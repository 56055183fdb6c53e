import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import type { Platform } from '../model/platform.ts';
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
    new HelmRelease(this, 'release', {
      name: chart.name,
      chart,
      namespace: platform.environment.monitoring.namespace,
      values: asJsonObject(prometheusStackValues(platform)),
    });
  }
}
