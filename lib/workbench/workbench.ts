import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import type { Platform } from '../model/platform.ts';
import { SESSION_SERVICE_ACCOUNT, WORKBENCH } from './names.ts';
import { sessionNetworkPolicy } from './session-network-policy.ts';
import { workbenchValues } from './workbench-values.ts';

export interface WorkbenchProps {
  readonly platform: Platform;
}

/**
 * Posit Workbench. The chart makes the servers, the launcher's ServiceAccount in their namespace and its Role and
 * RoleBinding in that of the sessions (pods, jobs, services and logs there, nothing elsewhere); what it does not make
 * stands here. Phase 60-workloads.
 */
export class Workbench extends Construct {
  constructor(scope: Construct, id: string, { platform }: WorkbenchProps) {
    super(scope, id);
    declareOrigin(this, ['workbench']);
    const { environment } = platform;
    const { namespace, sessionNamespace } = environment.workbench;
    new HelmRelease(this, 'release', {
      name: WORKBENCH,
      chart: CHARTS.rstudioWorkbench,
      namespace,
      values: asJsonObject(workbenchValues(platform)),
    });
    // A session has no business with the API server: no role is bound to this account, and no token is mounted.
    new k8s.KubeServiceAccount(this, 'session-service-account', {
      metadata: { name: SESSION_SERVICE_ACCOUNT, namespace: sessionNamespace },
      automountServiceAccountToken: false,
    });
    sessionNetworkPolicy(this, environment);
  }
}
