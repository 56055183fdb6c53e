import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { HelmRelease } from '../helm/release.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';

/**
 * Karpenter's custom resource definitions, as a release of their own: the controller's chart never upgrades them. Empty
 * where the environment has another autoscaler.
 */
export class KarpenterCrds extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    declareOrigin(this, ['autoscaler']);
    if (platform.environment.autoscaler.kind !== 'karpenter') return;
    new HelmRelease(this, 'release', {
      name: 'karpenter-crd',
      chart: CHARTS.karpenterCrd,
      namespace: KUBE_SYSTEM,
      values: {},
    });
  }
}
