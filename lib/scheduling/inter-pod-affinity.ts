import { labelValue } from '../core/label-selector.ts';
import type { AffinityTerm } from './affinity-term.ts';
import { type Filter, resolvable, SKIP, unresolvable } from './filter.ts';
import type { NodeState } from './node-state.ts';
import type { PodState } from './pod-state.ts';
import type { Snapshot } from './snapshot.ts';

/** Domains in which something was found, as `key=value` of a label. */
type Domains = ReadonlySet<string>;

function domainOf({ topologyKey }: Pick<AffinityTerm, 'topologyKey'>, { labels }: NodeState): string | undefined {
  const value = labelValue(labels, topologyKey);
  return value === undefined ? undefined : `${topologyKey}=${value}`;
}

const isIn = (domains: Domains, term: AffinityTerm, node: NodeState): boolean =>
  domains.has(domainOf(term, node) ?? '');

/** Domains of the terms that find a pod: each on its own, or only all of them together. */
function domainsWith(terms: readonly AffinityTerm[], together: boolean, { nodes, namespaces }: Snapshot): Domains {
  const found = new Set<string>();
  if (terms.length === 0) return found;
  const finds = (term: AffinityTerm, { namespace, labels }: PodState): boolean =>
    term.matches(namespace, labels, namespaces[namespace] ?? {});
  for (const node of nodes) {
    for (const pod of node.pods) {
      const finding = terms.filter((term) => finds(term, pod));
      if (together && finding.length < terms.length) continue;
      for (const term of finding) {
        const domain = domainOf(term, node);
        if (domain !== undefined) found.add(domain);
      }
    }
  }
  return found;
}

/** Domains that pods already there keep this pod away from. */
function forbiddenByOthers({ namespace, labels }: PodState, { nodes, namespaces }: Snapshot): Domains {
  const forbidden = new Set<string>();
  for (const node of nodes) {
    for (const { antiAffinity } of node.repelling) {
      for (const term of antiAffinity) {
        const domain = domainOf(term, node);
        if (domain !== undefined && term.matches(namespace, labels, namespaces[namespace] ?? {})) forbidden.add(domain);
      }
    }
  }
  return forbidden;
}

/**
 * Required affinity and anti-affinity between pods, in both directions (InterPodAffinity). A pod whose affinity means
 * itself may be the first of its kind wherever the topology labels are.
 */
export const interPodAffinity: Filter = (pod, snapshot) => {
  const { affinity, antiAffinity, namespace, labels } = pod;
  const forbidden = forbiddenByOthers(pod, snapshot);
  if (affinity.length === 0 && antiAffinity.length === 0 && forbidden.size === 0) return SKIP;
  const friends = domainsWith(affinity, true, snapshot);
  const foes = domainsWith(antiAffinity, false, snapshot);
  const namespaceLabels = snapshot.namespaces[namespace] ?? {};
  const mayBeFirst = friends.size === 0 && affinity.every((term) => term.matches(namespace, labels, namespaceLabels));
  const forbiddenKeys = [...new Set([...forbidden].map((domain) => domain.slice(0, domain.indexOf('='))))];
  return {
    kind: 'check',
    check: (node) => {
      const together = affinity.every((term) =>
        mayBeFirst ? domainOf(term, node) !== undefined : isIn(friends, term, node),
      );
      if (!together) return unresolvable({ code: 'pod-affinity' });
      if (antiAffinity.some((term) => isIn(foes, term, node))) return resolvable({ code: 'pod-anti-affinity' });
      const kept = forbiddenKeys.some((topologyKey) => forbidden.has(domainOf({ topologyKey }, node) ?? ''));
      return kept ? resolvable({ code: 'existing-pod-anti-affinity' }) : undefined;
    },
  };
};
