import { k8s } from 'cdk8s-plus-29';
import { NODE_LOCAL_DNS_ADDRESS } from '../catalog/addresses.ts';
import { LABELS } from '../catalog/labels.ts';
import { egressBlocks } from '../model/egress.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import type { Tenancy } from '../model/tenancy.ts';

/** One port of a network policy; TCP by default. */
export function policyPort(number: number, protocol: 'TCP' | 'UDP' = 'TCP'): k8s.NetworkPolicyPort {
  return { protocol, port: k8s.IntOrString.fromNumber(number) };
}

/** Names are resolved: by the cluster's DNS servers, whose label CoreDNS carries too, or the cache on the node. */
export function dnsEgressRule(): k8s.NetworkPolicyEgressRule {
  return {
    to: [
      {
        namespaceSelector: { matchLabels: { [LABELS.namespaceName]: KUBE_SYSTEM } },
        podSelector: { matchLabels: { [LABELS.dnsServers]: 'kube-dns' } },
      },
      { ipBlock: { cidr: `${NODE_LOCAL_DNS_ADDRESS}/32` } },
    ],
    ports: [policyPort(53, 'UDP'), policyPort(53)],
  };
}

/** What the environment lets people reach outside the cluster, one rule per block; without ports all of them are open. */
export function outsideEgressRules(tenancy: Pick<Tenancy, 'egress'>): k8s.NetworkPolicyEgressRule[] {
  return egressBlocks(tenancy).map(({ cidr, except, ports }) => ({
    to: [{ ipBlock: { cidr, ...(except.length > 0 ? { except: [...except] } : {}) } }],
    ...(ports.length > 0 ? { ports: ports.map((number) => policyPort(number)) } : {}),
  }));
}
