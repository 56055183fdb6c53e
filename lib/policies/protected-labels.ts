import { LABELS } from '../catalog/labels.ts';
import type { AdmissionOperation, NamedExpression } from '../crds/admissionregistration.k8s.io.ts';
import { HNC_NAMESPACE } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { celList, celString, celText, literal } from './cel.ts';
import type { PolicyRule, RuleValidation } from './policy-rule.ts';
import { remedy } from './remedy.ts';

const OPERATIONS: readonly AdmissionOperation[] = ['CREATE', 'UPDATE'];

/** Labels of a namespace that decide which rules hold in it. */
const DECIDING = [LABELS.tier, LABELS.gpuAccess, LABELS.tenant];

// HNC's manager writes the labels of a tenant's root onto the namespaces below it.
const trusted = (platform: Platform): NamedExpression => {
  const mayEditPolicies =
    "authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicies').check('update').allowed()";
  const isHnc = `${celString(`system:serviceaccounts:${HNC_NAMESPACE}`)} in request.userInfo.?groups.orValue([])`;
  const hnc = platform.environment.tenancy.backend.kind === 'hnc';
  return { name: 'trusted', expression: hnc ? `${mayEditPolicies} ||\n  ${isHnc}` : mayEditPolicies };
};

const decides = (key: string): string =>
  `(${key} in ${celList(DECIDING)} || ${key}.startsWith(${celString(LABELS.tenantTreePrefix)}))`;

function unchanged(platform: Platform): RuleValidation {
  const advice = remedy(platform, 'Leave the label as it is');
  return {
    expression: 'variables.trusted || variables.changed.size() == 0',
    explain: celText`Label "${'variables.changed[0]'}" decides which policies hold in a namespace, and only who may edit \
the policies may write it. ${literal(advice)}`,
    message: `Only who may edit the policies may write the labels they depend on. ${advice}`,
  };
}

/** CEL: keys that `before` and `after` (maps) do not agree on, out of those for which `relevant` holds. */
const differingKeys = (before: string, after: string, relevant: string): string =>
  `${after}.filter(key, ${relevant} && (!(key in ${before}) || ${before}[key] != ${after}[key])) +
  ${before}.filter(key, ${relevant} && !(key in ${after}))`;

/**
 * What the other rules rest on: tier, GPU access and tree labels of namespaces, and the Pod Security level of namespaces
 * of ours. They are written by whoever may edit the policies themselves, a test that needs no list of names.
 */
export function protectedNamespaceLabels(platform: Platform): PolicyRule {
  const podSecurity = `('${LABELS.tier}' in variables.before && key.startsWith(${celString(LABELS.podSecurityPrefix)}))`;
  const old = "(request.operation == 'CREATE' ? {} : oldObject.metadata.?labels.orValue({}))";
  return {
    name: 'protected-labels',
    explanation: 'Labels that decide which policies hold in a namespace are written only by who may edit the policies.',
    resources: [
      {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: OPERATIONS,
        // A write of the status or of the finalizers may carry labels too.
        resources: ['namespaces', 'namespaces/status', 'namespaces/finalize'],
      },
    ],
    aboutPods: false,
    enforcedBy: 'api-server',
    conditions: [],
    variables: [
      trusted(platform),
      { name: 'before', expression: old },
      { name: 'after', expression: 'object.metadata.?labels.orValue({})' },
      {
        name: 'changed',
        expression: differingKeys('variables.before', 'variables.after', `(${decides('key')} || ${podSecurity})`),
      },
    ],
    validations: [unchanged(platform)],
  };
}

/**
 * The same for HNC, which copies labels from an anchor or a hierarchy configuration to namespaces: who may make
 * namespaces below his own could otherwise allow GPUs there.
 */
export function protectedHierarchyLabels(platform: Platform): PolicyRule {
  const relevant = `(${decides('label.key')} || label.key.startsWith(${celString(LABELS.podSecurityPrefix)}))`;
  const labels = (object: string): string => `${object}.?spec.?labels.orValue([]).filter(label, ${relevant})`;
  return {
    name: 'protected-labels-hierarchy',
    explanation: 'Labels that decide which policies hold in a namespace are not given through the hierarchy either.',
    resources: [
      {
        apiGroups: ['hnc.x-k8s.io'],
        apiVersions: ['*'],
        operations: OPERATIONS,
        resources: ['subnamespaceanchors', 'hierarchyconfigurations'],
      },
    ],
    aboutPods: false,
    enforcedBy: 'api-server',
    conditions: [],
    variables: [
      trusted(platform),
      { name: 'before', expression: `request.operation == 'CREATE' ? [] : ${labels('oldObject')}` },
      { name: 'after', expression: labels('object') },
      {
        name: 'changed',
        expression: `variables.after.filter(label, !(label in variables.before)).map(label, label.key) +
  variables.before.filter(label, !(label in variables.after)).map(label, label.key)`,
      },
    ],
    validations: [unchanged(platform)],
  };
}
