import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { LABELS } from '../catalog/labels.ts';
import { dnsEgressRule, outsideEgressRules, policyPort } from '../constructs/egress-rules.ts';
import type { Environment } from '../model/environment.ts';
import { SERVER_LABELS, SERVER_PORT } from './names.ts';

function inNamespace(name: string, labels: Readonly<Record<string, string>>): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { [LABELS.namespaceName]: name } },
    podSelector: { matchLabels: labels },
  };
}

/**
 * Traffic of sessions: the servers reach them on any port, because editors choose their own; they reach the servers, DNS
 * and what tenants may reach outside; never one another. Home directories are mounted by the node and need no rule.
 */
export function sessionNetworkPolicy(scope: Construct, environment: Environment): k8s.KubeNetworkPolicy {
  const { namespace, sessionNamespace } = environment.workbench;
  const servers = inNamespace(namespace, SERVER_LABELS);
  return new k8s.KubeNetworkPolicy(scope, 'network-policy', {
    metadata: { name: 'workbench-sessions', namespace: sessionNamespace },
    spec: {
      // Every pod of the namespace, whatever its labels say.
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [servers] }],
      egress: [
        { to: [servers], ports: [policyPort(SERVER_PORT)] },
        dnsEgressRule(),
        ...outsideEgressRules(environment.tenancy),
      ],
    },
  });
}
