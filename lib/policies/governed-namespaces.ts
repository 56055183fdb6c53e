import { ANNOTATIONS } from '../catalog/annotations.ts';
import { LABELS } from '../catalog/labels.ts';
import type { LabelRequirement, NamedExpression } from '../crds/admissionregistration.k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import type { Tier } from '../model/priority-ladder.ts';
import { celList, celString } from './cel.ts';

/** Tiers whose namespaces belong to people; in the others, pods are made by the platform on their behalf. */
const PEOPLE_TIERS: readonly Tier[] = ['tenant', 'course'];

/** Namespaces that no rule looks at: the platform's own controllers, without which nothing would start. */
export function ungovernedNamespaces(platform: Platform): readonly string[] {
  return platform.namespaces.filter(({ tier }) => tier === 'platform').map(({ name }) => name);
}

/**
 * Leaves out the platform's own namespaces, by the label that the API server sets and nobody can change: a label that
 * somebody may write would be a way around every rule.
 */
export function governedSelector(platform: Platform): readonly LabelRequirement[] {
  return [{ key: LABELS.namespaceName, operator: 'NotIn', values: [...ungovernedNamespaces(platform)] }];
}

/**
 * Where Kyverno is asked too: namespaces that carry a tier of ours. Its webhook fails closed, and other software of the
 * cluster (a network agent, say) must be able to start while Kyverno is away; there the API server's copy of the rule is
 * enough.
 */
export function kyvernoSelector(platform: Platform): readonly LabelRequirement[] {
  return [...governedSelector(platform), { key: LABELS.tier, operator: 'Exists' }];
}

/**
 * `variables.tier`: the tier of the namespace, empty where it belongs neither to the platform nor to a tenant. A namespace
 * that HNC just made for somebody is a tenant's before HNC has written its labels.
 */
export const TIER_VARIABLE: NamedExpression = {
  name: 'tier',
  expression: `namespaceObject.metadata.?labels[?${celString(LABELS.tier)}].orValue(
  namespaceObject.metadata.?annotations[?${celString(ANNOTATIONS.hncSubnamespaceOf)}].hasValue() ? 'tenant' : '')`,
};

/** CEL: the namespace is neither the platform's nor a tenant's; what runs there is the cluster's other software. */
export const IS_OTHERS = "variables.tier == ''";

/** CEL: the namespace belongs to people. */
export const IS_PEOPLES = `variables.tier in ${celList(PEOPLE_TIERS)}`;
