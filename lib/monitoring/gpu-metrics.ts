import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import { GPU_NAMESPACE } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { gpuMetricsValues } from './gpu-metrics-values.ts';

export interface GpuMetricsProps {
  readonly platform: Platform;
}

/**
 * dcgm-exporter on every GPU node (MON-1). Phase 70-monitoring, where the platform has GPU pools. The GPU operator's own
 * exporter stays off: two on one node fight for the profiling hardware and count everything twice.
 */
export class GpuMetrics extends Construct {
  constructor(scope: Construct, id: string, { platform }: GpuMetricsProps) {
    super(scope, id);
    declareOrigin(this, ['monitoring']);
    const chart = CHARTS.dcgmExporter;
    new HelmRelease(this, 'release', {
      // The chart's ConfigMap has a fixed name, so a namespace holds one release.
      name: chart.name,
      chart,
      namespace: GPU_NAMESPACE,
      values: asJsonObject(gpuMetricsValues(platform)),
    });
  }
}
