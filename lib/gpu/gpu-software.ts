import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import { GPU_NAMESPACE } from '../model/namespaces.ts';
import { gpuPools, type Platform } from '../model/platform.ts';
import { devicePluginValues } from './device-plugin-values.ts';
import { gpuOperatorValues } from './gpu-operator-values.ts';

/** What makes GPUs visible to Kubernetes: the GPU operator or the device plugin. Empty where no pool has GPUs. */
export class GpuSoftware extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    declareOrigin(this, ['gpuSoftware']);
    if (gpuPools(platform).length === 0) return;
    const { kind } = platform.environment.gpuSoftware;
    switch (kind) {
      case 'gpu-operator':
        new HelmRelease(this, 'release', {
          name: 'gpu-operator',
          chart: CHARTS.gpuOperator,
          namespace: GPU_NAMESPACE,
          values: asJsonObject(gpuOperatorValues(platform)),
        });
        return;
      case 'device-plugin':
        new HelmRelease(this, 'release', {
          name: 'nvidia-device-plugin',
          chart: CHARTS.nvidiaDevicePlugin,
          namespace: GPU_NAMESPACE,
          values: asJsonObject(devicePluginValues(platform)),
        });
        return;
    }
  }
}
