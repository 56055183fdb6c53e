import { Construct } from 'constructs';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { serviceMonitor } from '../crds/monitoring.coreos.com.ts';
import { KYVERNO_NAMESPACE } from '../model/namespaces.ts';
import { KYVERNO_RELEASE } from './kyverno-values.ts';

/** Name of the port in the metrics Services of the chart. */
const METRICS_PORT = 'metrics-port';

/**
 * Phase 70: how Prometheus finds Kyverno's controllers. The chart could make the same, but it is installed in phase 20,
 * long before the kind ServiceMonitor exists.
 */
export class PolicyMetrics extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    declareOrigin(this, ['monitoring']);
    serviceMonitor(
      this,
      'kyverno',
      { name: KYVERNO_RELEASE, namespace: KYVERNO_NAMESPACE },
      {
        // The Services of the webhooks carry the same labels; they have no port of that name.
        selector: { matchLabels: { [LABELS.instance]: KYVERNO_RELEASE, [LABELS.partOf]: KYVERNO_RELEASE } },
        endpoints: [{ port: METRICS_PORT }],
      },
    );
  }
}
