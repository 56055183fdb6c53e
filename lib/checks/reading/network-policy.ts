import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import { LABELS } from '../../catalog/labels.ts';
import type { LabelSelector, Labels } from '../../core/label-selector.ts';
import { inventoryOf } from './inventory.ts';
import { selects } from './label-selector.ts';
import { type PodTemplate, podTemplates } from './pod-template.ts';

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string };
}

interface Port {
  readonly port?: string | number;
  readonly endPort?: number;
  readonly protocol?: string;
}

/** networking.k8s.io/v1 NetworkPolicy, as far as rules read it. */
interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector;
  readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly Port[] }[];
  readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports?: readonly Port[] }[];
}

export interface NetworkPolicy {
  readonly object: BundleObject;
  readonly namespace: string;
  readonly podSelector: LabelSelector;
  /** Whether connections into or out of its pods are closed but for what it lists. */
  readonly restricts: (direction: 'Ingress' | 'Egress') => boolean;
  readonly spec: NetworkPolicySpec;
}

/** Every NetworkPolicy of the Bundle. Ingress is always restricted where no types are named; egress where it has rules. */
export function networkPolicies(bundle: Bundle): readonly NetworkPolicy[] {
  return inventoryOf(bundle)
    .ofKind('NetworkPolicy')
    .map((object) => {
      const spec = (object.manifest.spec ?? {}) as NetworkPolicySpec;
      const types = spec.policyTypes ?? (spec.egress ? ['Ingress', 'Egress'] : ['Ingress']);
      return {
        object,
        namespace: object.manifest.metadata.namespace ?? '',
        podSelector: spec.podSelector ?? {},
        restricts: (direction) => types.includes(direction),
        spec,
      };
    });
}

/** Whether the list opens the port; no list opens all. A port by name is that of the container. */
export function opensPort(ports: readonly Port[] | undefined, number: number, names: readonly string[] = []): boolean {
  if (!ports || ports.length === 0) return true;
  return ports.some(({ port, endPort }) => {
    if (port === undefined) return true;
    if (typeof port === 'string') return names.includes(port);
    return endPort === undefined ? port === number : port <= number && number <= endPort;
  });
}

/** Who wants to connect: the API server, which no selector names, or pods of a namespace. */
export type Caller = { readonly kind: 'api-server' } | { readonly kind: 'namespace'; readonly name: string };

function admits(bundle: Bundle, peers: readonly Peer[] | undefined, caller: Caller, own: string): boolean {
  if (!peers || peers.length === 0) return true;
  return peers.some(({ ipBlock, namespaceSelector }) => {
    if (caller.kind === 'api-server') return ipBlock !== undefined;
    if (!namespaceSelector) return ipBlock === undefined && caller.name === own;
    const namespace = inventoryOf(bundle).find('Namespace', undefined, caller.name);
    const labels = (namespace?.manifest.metadata.labels ?? {}) as Labels;
    return selects(namespaceSelector, { ...labels, [LABELS.namespaceName]: caller.name });
  });
}

/** The policy that keeps the caller from the port of these pods, or `undefined` where the way is open. */
export function closingPolicy(
  bundle: Bundle,
  pods: PodTemplate,
  port: number,
  caller: Caller,
): NetworkPolicy | undefined {
  const names = pods.spec.containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ name, containerPort }) => (containerPort === port && name !== undefined ? [name] : [])),
  );
  const policies = networkPolicies(bundle).filter(
    (policy) =>
      policy.namespace === pods.namespace && policy.restricts('Ingress') && selects(policy.podSelector, pods.labels),
  );
  const open = policies.some(({ spec, namespace }) =>
    (spec.ingress ?? []).some(
      ({ from, ports }) => opensPort(ports, port, names) && admits(bundle, from, caller, namespace),
    ),
  );
  return open ? undefined : policies[0];
}

/** Pods of the Bundle that a policy holds for. */
export function governedPods(bundle: Bundle, { namespace, podSelector }: NetworkPolicy): readonly PodTemplate[] {
  return podTemplates(bundle).filter((pod) => pod.namespace === namespace && selects(podSelector, pod.labels));
}
