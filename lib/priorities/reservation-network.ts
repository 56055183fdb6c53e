import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { METADATA_ADDRESS } from '../catalog/addresses.ts';
import { LABELS } from '../catalog/labels.ts';
import { RESERVATIONS_NAMESPACE } from '../model/namespaces.ts';
import { SCALER_COMPONENT } from './scaler.ts';

/**
 * Placeholders talk to nobody. Scaling pods reach the API server, whose address no label tells: any address but that of
 * the node's credentials, on the ports that API servers listen on. They find it without DNS.
 */
export function reservationNetwork(scope: Construct): void {
  const namespace = RESERVATIONS_NAMESPACE;
  new k8s.KubeNetworkPolicy(scope, 'default-deny', {
    metadata: { name: 'default-deny', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
  new k8s.KubeNetworkPolicy(scope, 'api-server', {
    metadata: { name: 'api-server', namespace },
    spec: {
      podSelector: { matchLabels: { [LABELS.component]: SCALER_COMPONENT } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr: '0.0.0.0/0', except: [`${METADATA_ADDRESS}/32`] } }],
          ports: [443, 6443].map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })),
        },
      ],
    },
  });
}
