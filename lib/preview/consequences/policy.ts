import type { Manifest } from '../../bundle/bundle.ts';
import { ANNOTATIONS } from '../../catalog/annotations.ts';
import type { Change } from '../change.ts';
import { displayFieldPath, isUnder } from '../change.ts';
import type { Comparison, Consequence, ConsequenceRule } from '../consequence.ts';
import { kindKey, listAt, manifestOf, mapAt, textAt } from '../lookup.ts';
import type { Risk } from '../risk.ts';
import { describeSubject } from '../subject.ts';
import { count, distinct, list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

const POLICIES: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'policies.kyverno.io/ValidatingPolicy',
]);
const BINDING = 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding';
const EXCEPTION = 'policies.kyverno.io/PolicyException';
const WEBHOOKS: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
]);

/** What the policy is for, in the words it carries for whoever it refuses. */
function purpose(policy: Manifest | undefined): string {
  const explanation = mapAt(policy, 'metadata.annotations')[ANNOTATIONS.explanation];
  return typeof explanation === 'string' ? ` ${explanation}` : '';
}

/** Rules of a policy by what they check, so that a reworded message is no new rule. */
function rules(policy: Manifest | undefined): ReadonlyMap<string, string> {
  return new Map(
    listAt(policy, 'spec.validations').map((each) => [textAt(each, 'expression'), textAt(each, 'message')]),
  );
}

/** What the policy itself says has changed: its explanation, and the exceptions that are written on it. */
function changedWords({ fields }: Change): readonly Omit<Foreseen, 'about' | 'causes'>[] {
  const words = [
    [ANNOTATIONS.explanation, 'now says'],
    [ANNOTATIONS.exceptions, 'now excepts'],
  ] as const;
  return words.flatMap(([key, verb]) => {
    const field = fields.find(({ path }) => path[1] === 'annotations' && path[2] === key);
    if (field?.action !== 'changed') return [];
    return [
      { risk: 'care' as const, message: `${verb}: "${String(field.after)}" instead of "${String(field.before)}".` },
    ];
  });
}

function compareRules({ before, after }: Comparison, change: Change): readonly Omit<Foreseen, 'about' | 'causes'>[] {
  const [old, now] = [rules(manifestOf(before, change.subject)), rules(manifestOf(after, change.subject))];
  const added = [...now].filter(([expression]) => !old.has(expression)).map(([, message]) => message);
  const removed = [...old].filter(([expression]) => !now.has(expression)).map(([, message]) => message);
  const changed = Math.min(added.length, removed.length);
  const quoted = (messages: readonly string[]): string =>
    list(
      messages.map((message) => `"${message}"`),
      2,
    );
  if (changed > 0) {
    const message = `checks differently (${count(changed, 'rule')} changed): ${quoted(added)}`;
    return [{ risk: 'care', message }];
  }
  return [
    ...(added.length > 0 ? [{ risk: 'care' as const, message: `starts to refuse: ${quoted(added)}` }] : []),
    ...(removed.length > 0 ? [{ risk: 'care' as const, message: `stops to refuse: ${quoted(removed)}` }] : []),
  ];
}

/** Fields that decide what the policy looks at and what it does, beside its rules. */
const SCOPE: readonly (readonly [string, Risk, string])[] = [
  ['spec.matchConstraints', 'care', 'looks at other objects or namespaces than before'],
  ['spec.matchConditions', 'care', 'looks at other requests than before'],
  ['spec.variables', 'care', 'computes what it decides by differently'],
  ['spec.validationActions', 'disruptive', 'does something else about what it finds (deny, warn, audit)'],
  ['spec.failurePolicy', 'care', 'answers differently where it cannot decide'],
  ['spec.paramKind', 'care', 'reads other parameters'],
  ['spec.matchResources', 'care', 'holds in other namespaces than before'],
  ['spec.policyName', 'care', 'enforces another policy'],
  ['webhooks', 'care', 'asks its webhook about other requests, or treats silence differently'],
  ['spec.policyRefs', 'care', 'excepts from other policies'],
];

function changedScope({ fields }: Change): readonly Omit<Foreseen, 'about' | 'causes'>[] {
  return SCOPE.flatMap(([prefix, risk, what]) => {
    const hit = distinct(fields.filter((field) => isUnder(field, prefix)).map(({ path }) => displayFieldPath(path)));
    return hit.length > 0 ? [{ risk, message: `${what} (${list(hit, 2)}).` }] : [];
  });
}

/** Whether the policy that a binding puts in force comes and goes with it: that policy's own line says enough. */
function sharesFate({ changes }: Comparison, { subject, action }: Change): boolean {
  return (
    action !== 'changed' &&
    changes.some(
      (other) =>
        other.action === action &&
        POLICIES.has(kindKey(other.subject)) &&
        'name' in subject &&
        'name' in other.subject &&
        other.subject.name === subject.name,
    )
  );
}

function foreseeChange(comparison: Comparison, change: Change): readonly Foreseen[] {
  const kind = kindKey(change.subject);
  const isPolicy = POLICIES.has(kind);
  if (kind === BINDING && sharesFate(comparison, change)) return [];
  if (!isPolicy && kind !== BINDING && kind !== EXCEPTION && !WEBHOOKS.has(kind)) return [];
  const say = ({ risk, message }: Omit<Foreseen, 'about' | 'causes'>): Foreseen => ({
    risk,
    about: describeSubject(change.subject),
    message,
    causes: [change.subject],
  });
  if (change.action === 'added') {
    if (kind === EXCEPTION) return [say({ risk: 'care', message: 'is new: what it describes is no longer refused.' })];
    const message = isPolicy
      ? `is new and refuses what breaks it; what runs already stays.${purpose(manifestOf(comparison.after, change.subject))}`
      : kind === BINDING
        ? 'is new and puts its policy in force.'
        : 'is new: the API server asks its webhook; where that does not answer, it follows the failure policy.';
    return [say({ risk: 'care', message })];
  }
  if (change.action === 'removed') {
    if (kind === EXCEPTION)
      return [say({ risk: 'disruptive', message: 'is gone: what it excepted is refused from now on.' })];
    const message = isPolicy
      ? `is gone, so nothing is refused for it any more.${purpose(manifestOf(comparison.before, change.subject))}`
      : 'is gone: nothing is refused through it any more.';
    return [say({ risk: 'care', message })];
  }
  const told = isPolicy ? [...changedWords(change), ...compareRules(comparison, change)] : [];
  return [...told, ...changedScope(change)].map(say);
}

export const policy: ConsequenceRule = {
  id: 'policy',
  title: 'Policies that start or stop to refuse',
  upstream: 'Kubernetes 1.36 pkg/apis/admissionregistration; Kyverno 1.19 policies.kyverno.io/v1',
  foresee: (comparison) => comparison.changes.flatMap((change) => foreseeChange(comparison, change)),
};
