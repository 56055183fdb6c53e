import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import { KYVERNO_NAMESPACE } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { KYVERNO_RELEASE, kyvernoValues } from './kyverno-values.ts';

export interface KyvernoControllerProps {
  readonly platform: Platform;
}

/** Phase 20: Kyverno, which reports on policies and enforces them beside the API server. */
export class KyvernoController extends Construct {
  constructor(scope: Construct, id: string, { platform }: KyvernoControllerProps) {
    super(scope, id);
    declareOrigin(this, ['policies']);
    new HelmRelease(this, 'release', {
      name: KYVERNO_RELEASE,
      chart: CHARTS.kyverno,
      namespace: KYVERNO_NAMESPACE,
      values: asJsonObject(kyvernoValues(platform)),
    });
  }
}
