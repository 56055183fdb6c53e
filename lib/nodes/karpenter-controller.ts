import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { karpenterValues } from './karpenter-values.ts';

/** The Karpenter controller. Empty where the environment has another autoscaler. */
export class KarpenterController extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    declareOrigin(this, ['autoscaler']);
    const { autoscaler, cluster } = platform.environment;
    if (autoscaler.kind !== 'karpenter' || cluster.kind !== 'eks') return;
    new HelmRelease(this, 'release', {
      name: 'karpenter',
      chart: CHARTS.karpenter,
      namespace: KUBE_SYSTEM,
      values: asJsonObject(karpenterValues(platform, cluster, autoscaler)),
    });
  }
}
