import { aboutObject } from '../reading/inventory.ts';
import { selectsAll } from '../reading/label-selector.ts';
import { type NetworkPolicy, networkPolicies, opensPort } from '../reading/network-policy.ts';
import type { Rule } from '../rule.ts';

const DNS_PORT = 53;

export const closedDns: Rule = {
  id: 'NET003',
  title: 'Where pods may connect to somewhere, they may ask for names too',
  severity: 'error',
  protectsFrom: 'sessions and workloads whose every connection fails with "could not resolve host"',
  because:
    "As soon as one policy restricts what goes out, DNS is closed too unless a rule opens port 53 to the cluster's name servers. A namespace from which nothing at all may go out is left alone.",
  source: 'Kubernetes documentation, "Network Policies: Default deny all egress traffic"',
  example: {
    of: 'objects',
    breaks: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: out, namespace: hnc-system }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 443 }] }] }`,
    mended: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: out, namespace: hnc-system }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 443 }, { port: 53, protocol: UDP }] }] }`,
  },
  check: (bundle) => {
    const restricting = networkPolicies(bundle).filter(
      (policy) => policy.restricts('Egress') && selectsAll(policy.podSelector),
    );
    const byNamespace = new Map<string, NetworkPolicy[]>();
    for (const policy of restricting) {
      byNamespace.set(policy.namespace, [...(byNamespace.get(policy.namespace) ?? []), policy]);
    }
    return [...byNamespace].flatMap(([namespace, policies]) => {
      const opening = policies.filter(({ spec }) => (spec.egress ?? []).length > 0);
      const resolves = opening.some(({ spec }) => (spec.egress ?? []).some(({ ports }) => opensPort(ports, DNS_PORT)));
      const [first] = opening;
      if (!first || resolves) return [];
      const message = `lets pods of "${namespace}" out, and nowhere to a name server.`;
      return [aboutObject(first.object, message, 'Open port 53, UDP and TCP, to kube-system.')];
    });
  },
};
