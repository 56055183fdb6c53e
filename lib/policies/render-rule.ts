import { ANNOTATIONS } from '../catalog/annotations.ts';
import type { ObjectMetadata } from '../constructs/kubernetes-object.ts';
import type {
  AdmissionValidation,
  LabelRequirement,
  MatchResources,
  NamedExpression,
  ValidatingAdmissionPolicySpec,
} from '../crds/admissionregistration.k8s.io.ts';
import type { ValidatingPolicySpec } from '../crds/policies.kyverno.io.ts';
import type { Platform } from '../model/platform.ts';
import { governedSelector, kyvernoSelector } from './governed-namespaces.ts';
import type { PolicyRule } from './policy-rule.ts';
import { contactOf } from './remedy.ts';
import { exceptionsOf, type RuleException } from './rule-exception.ts';

/** Name and notes of a rule's objects: what it is for, whom to ask, and every exception to it (UO-03). */
export function ruleMetadata(platform: Platform, rule: PolicyRule): ObjectMetadata {
  const exceptions = exceptionsOf(platform, rule).map(({ text }) => text);
  return {
    name: rule.name,
    annotations: {
      [ANNOTATIONS.explanation]: rule.explanation,
      [ANNOTATIONS.contact]: contactOf(platform),
      ...(rule.policy === undefined
        ? {}
        : { [ANNOTATIONS.exceptions]: exceptions.length === 0 ? 'none' : exceptions.join('\n') }),
    },
  };
}

function matchConstraints(rule: PolicyRule, matchExpressions: readonly LabelRequirement[]): MatchResources {
  return { resourceRules: rule.resources, namespaceSelector: { matchExpressions } };
}

function validations(rule: PolicyRule): readonly AdmissionValidation[] {
  return rule.validations.map(({ expression, explain, message }) => ({
    expression,
    message,
    messageExpression: explain,
    reason: 'Forbidden',
  }));
}

/** All exceptions in one condition, because a policy may have no more than 64 conditions. */
function noException(exceptions: readonly RuleException[]): readonly NamedExpression[] {
  if (exceptions.length === 0) return [];
  const terms = exceptions.map(({ conditions }) => `!(${conditions.map(({ expression }) => expression).join(' && ')})`);
  return [{ name: 'no-exception', expression: terms.join(' &&\n') }];
}

/** The rule inside the API server: it holds when Kyverno is down or not yet there, and for every namespace. */
export function validatingAdmissionPolicySpec(platform: Platform, rule: PolicyRule): ValidatingAdmissionPolicySpec {
  const conditions = [...rule.conditions, ...noException(exceptionsOf(platform, rule))];
  return {
    failurePolicy: 'Fail',
    matchConstraints: matchConstraints(rule, governedSelector(platform)),
    ...(conditions.length === 0 ? {} : { matchConditions: conditions }),
    variables: rule.variables,
    validations: validations(rule),
  };
}

/** The rule in Kyverno: reports on what runs, and exceptions as objects. */
export function validatingPolicySpec(platform: Platform, rule: PolicyRule): ValidatingPolicySpec {
  return {
    failurePolicy: 'Fail',
    validationActions: ['Deny'],
    evaluation: { admission: { enabled: true }, background: { enabled: true } },
    // Workloads are judged by their pods: a template has no resolved priority and no defaulted limits. The backstop is
    // ours, with the exceptions in it.
    autogen: { podControllers: { controllers: [] }, validatingAdmissionPolicy: { enabled: false } },
    matchConstraints: matchConstraints(rule, kyvernoSelector(platform)),
    ...(rule.conditions.length === 0 ? {} : { matchConditions: rule.conditions }),
    variables: rule.variables,
    validations: validations(rule),
  };
}
