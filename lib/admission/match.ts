import { LABELS } from '../catalog/labels.ts';
import type { JsonObject } from '../core/json.ts';
import { type LabelSelector, type Labels, labelMatcher } from '../core/label-selector.ts';
import { type AdmissionRequest, type Resource, resourceOf } from './request.ts';

/** admissionregistration.k8s.io/v1 NamedRuleWithOperations. */
export interface ResourceRule {
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly operations?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly scope?: 'Cluster' | 'Namespaced' | '*';
}

/** admissionregistration.k8s.io/v1 MatchResources: which requests a policy, or a binding of it, is about. */
export interface MatchResources {
  readonly resourceRules?: readonly ResourceRule[];
  readonly excludeResourceRules?: readonly ResourceRule[];
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly matchPolicy?: 'Exact' | 'Equivalent';
}

const names = (list: readonly string[] | undefined, value: string): boolean =>
  list?.some((each) => each === '*' || each === value) ?? false;

/** A resource of a rule: `pods`, `pods/resize`, `pods/*`, `*`, `*‍/resize` or `*‍/*`. */
function namesResource(pattern: string, resource: string, subresource: string | undefined): boolean {
  const [main = '', sub] = pattern.split('/');
  if (main !== '*' && main !== resource) return false;
  return sub === '*' || sub === subresource;
}

function ruleMatches(rule: ResourceRule, request: AdmissionRequest, of: Resource, exact: boolean): boolean {
  const { metadata } = request.object;
  const namespaced = metadata.namespace !== undefined;
  return (
    names(rule.operations, request.operation) &&
    names(rule.apiGroups, of.group) &&
    // Another version of the same resource is shown to the policy in the version that it names.
    (!exact || names(rule.apiVersions, of.version)) &&
    (rule.resources ?? []).some((pattern) => namesResource(pattern, of.resource, request.subresource)) &&
    (rule.scope === undefined || rule.scope === '*' || (rule.scope === 'Namespaced') === namespaced) &&
    (rule.resourceNames === undefined || rule.resourceNames.length === 0 || rule.resourceNames.includes(metadata.name))
  );
}

const labelsOf = (metadata: JsonObject | undefined): Labels => (metadata?.labels ?? {}) as Labels;

/** The labels that a selector of namespaces sees; the API server itself adds the name. Of a namespace, its own. */
function namespaceLabels({ object, namespace }: AdmissionRequest): Labels | undefined {
  const own = object.apiVersion === 'v1' && object.kind === 'Namespace' ? object : namespace;
  return own && { [LABELS.namespaceName]: own.metadata.name, ...labelsOf(own.metadata) };
}

/** Whether a policy is about a request (Kubernetes 1.36, pkg/admission/plugin/policy/matching). */
export function matches(match: MatchResources | undefined, request: AdmissionRequest): boolean {
  if (match === undefined) return true;
  const of = resourceOf(request.object);
  const exact = match.matchPolicy === 'Exact';
  const { resourceRules, excludeResourceRules = [], namespaceSelector, objectSelector } = match;
  if (resourceRules && !resourceRules.some((rule) => ruleMatches(rule, request, of, exact))) return false;
  if (excludeResourceRules.some((rule) => ruleMatches(rule, request, of, exact))) return false;
  const within = namespaceLabels(request);
  if (namespaceSelector && within && !labelMatcher(namespaceSelector)(within)) return false;
  if (!objectSelector) return true;
  return [request.object, request.oldObject].some(
    (each) => each !== undefined && labelMatcher(objectSelector)(labelsOf(each.metadata)),
  );
}
