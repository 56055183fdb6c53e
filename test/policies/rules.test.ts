import { describe, expect, it } from 'vitest';
import { ANNOTATIONS } from '../../lib/catalog/annotations.ts';
import { LABELS } from '../../lib/catalog/labels.ts';
import type { ValidatingAdmissionPolicySpec } from '../../lib/crds/admissionregistration.k8s.io.ts';
import type { ValidatingPolicySpec } from '../../lib/crds/policies.kyverno.io.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { AdmissionPolicies } from '../../lib/policies/admission-policies.ts';
import { policyRules } from '../../lib/policies/policy-rules.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';
import { corpusInput } from './corpus.ts';

function policiesOf(input: EnvironmentInput) {
  const platform = platformOf(input);
  const collected = synthesize((scope) => new AdmissionPolicies(scope, 'policies', { platform }));
  const specs = <T>(kind: string): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(manifestsOf(collected, kind)).map(([name, { spec }]) => [name, spec as T]));
  return {
    platform,
    collected,
    backstops: specs<ValidatingAdmissionPolicySpec>('ValidatingAdmissionPolicy'),
    bindings: specs<{ readonly policyName: string; readonly validationActions: readonly string[] }>(
      'ValidatingAdmissionPolicyBinding',
    ),
    kyverno: specs<ValidatingPolicySpec>('ValidatingPolicy'),
  };
}

const ENVIRONMENTS: readonly (readonly [string, () => EnvironmentInput])[] = [
  ['EKS', eksInput],
  ['on-premises', onPremisesInput],
  ['with exceptions', corpusInput],
];

describe.each(ENVIRONMENTS)('admission rules, environment %s', (_, input) => {
  const { platform, collected, backstops, bindings, kyverno } = policiesOf(input());
  const rules = policyRules(platform);

  it('GIVEN the rules WHEN they are rendered THEN the API server has all and Kyverno what it can evaluate (POL-5)', () => {
    expect(Object.keys(backstops).sort()).toEqual(rules.map(({ name }) => name).sort());
    expect(Object.keys(kyverno).sort()).toEqual([
      'allowed-priorities',
      'exposed-services',
      'gpu-access',
      'gpu-access-claims',
      'pod-ceiling',
    ]);
    // `authorizer` exists in the API server alone.
    expect(JSON.stringify(kyverno)).not.toContain('authorizer');
  });

  it('GIVEN a rule in both engines WHEN the renderings are compared THEN the expressions are the same (POL-5)', () => {
    for (const [name, policy] of Object.entries(kyverno)) {
      const backstop = backstops[name];
      expect(backstop?.variables).toEqual(policy.variables);
      expect(backstop?.validations).toEqual(policy.validations);
      expect(backstop?.matchConstraints.resourceRules).toEqual(policy.matchConstraints.resourceRules);
      const shared = backstop?.matchConditions?.filter((condition) => condition.name !== 'no-exception') ?? [];
      expect(shared).toEqual(policy.matchConditions ?? []);
    }
  });

  it('GIVEN every policy WHEN an engine cannot answer THEN the request is refused (POL-5)', () => {
    for (const [name, spec] of Object.entries(backstops)) {
      expect(spec.failurePolicy).toBe('Fail');
      expect(bindings[name]).toEqual({ policyName: name, validationActions: ['Deny'] });
    }
    for (const spec of Object.values(kyverno)) {
      expect(spec.failurePolicy).toBe('Fail');
      expect(spec.validationActions).toEqual(['Deny']);
      expect(spec.evaluation).toEqual({ admission: { enabled: true }, background: { enabled: true } });
      expect(spec.autogen.podControllers.controllers).toEqual([]);
    }
  });

  it('GIVEN namespaces of controllers WHEN policies leave them out THEN by the immutable label alone (POL-5)', () => {
    const own = platform.namespaces.filter(({ tier }) => tier === 'platform').map(({ name }) => name);
    const byName = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: own };
    expect(own).toContain('kube-system');
    expect(own).not.toContain('default');
    for (const spec of Object.values(backstops)) {
      expect(spec.matchConstraints.namespaceSelector?.matchExpressions).toEqual([byName]);
      expect(spec.matchConstraints).not.toHaveProperty('objectSelector');
    }
    for (const spec of Object.values(kyverno)) {
      const selector = [byName, { key: LABELS.tier, operator: 'Exists' }];
      expect(spec.matchConstraints.namespaceSelector?.matchExpressions).toEqual(selector);
    }
  });

  it('GIVEN rules about what runs in pods WHEN pods change THEN debug containers and resizes are looked at (POL-2, POL-3)', () => {
    for (const name of ['gpu-access', 'pod-ceiling']) {
      const [rule] = backstops[name]?.matchConstraints.resourceRules ?? [];
      expect(rule?.resources).toEqual(['pods', 'pods/ephemeralcontainers', 'pods/resize']);
      expect(rule?.operations).toEqual(['CREATE', 'UPDATE']);
      // Finalizers come off pods that were admitted under other rules.
      expect(backstops[name]?.matchConditions?.map((condition) => condition.name)).toContain('spec-changes');
    }
  });

  it('GIVEN every demand WHEN it denies THEN the message says whom to ask, on one line (POL-6)', () => {
    const { contact } = platform.environment.policies;
    for (const rule of rules) {
      for (const { explain, message } of rule.validations) {
        expect(explain).toContain(`or ask ${contact}.`);
        expect(message).toContain(`or ask ${contact}.`);
        expect(message).not.toContain('\n');
      }
    }
  });

  it('GIVEN a policy WHEN somebody looks at it THEN it says what it is for and whom to ask (POL-6)', () => {
    for (const kind of ['ValidatingAdmissionPolicy', 'ValidatingPolicy']) {
      for (const { metadata } of Object.values(manifestsOf(collected, kind))) {
        const annotations = metadata.annotations as Readonly<Record<string, string>>;
        expect(annotations[ANNOTATIONS.explanation]).toMatch(/^[A-Z].*\.$/);
        expect(annotations[ANNOTATIONS.contact]).toBe(platform.environment.policies.contact);
      }
    }
  });
});

describe('admission rules', () => {
  it('GIVEN plain tenancy WHEN the rules are listed THEN none is about the hierarchy', () => {
    const plain = platformOf(eksInput({ tenancy: { backend: { kind: 'plain' } } }));
    expect(policyRules(plain).map(({ name }) => name)).not.toContain('protected-labels-hierarchy');
    expect(JSON.stringify(policyRules(plain))).not.toContain('hnc-system');
  });

  it('GIVEN a contact with quotes and line breaks WHEN messages are made THEN they are one line of valid text (POL-6)', () => {
    const platform = platformOf(eksInput({ policies: { contact: "the\nplatform's team" } }));
    for (const { validations } of policyRules(platform)) {
      for (const { explain, message } of validations) {
        expect(message).toContain("or ask the platform's team.");
        expect(explain).toContain("or ask the platform\\'s team.");
      }
    }
  });
});
