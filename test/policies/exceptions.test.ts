import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { Collected } from '../../lib/bundle/collect.ts';
import { ANNOTATIONS } from '../../lib/catalog/annotations.ts';
import type { NamedExpression } from '../../lib/crds/admissionregistration.k8s.io.ts';
import type { PolicyExceptionSpec } from '../../lib/crds/policies.kyverno.io.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { AdmissionPolicies } from '../../lib/policies/admission-policies.ts';
import { endOfDay } from '../../lib/policies/rule-exception.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

type Exceptions = NonNullable<NonNullable<EnvironmentInput['policies']>['exceptions']>;

const EXCEPTIONS: Exceptions = [
  {
    name: 'big-training',
    policy: 'pod-ceiling',
    namespace: 'vision',
    serviceAccount: 'trainer',
    reason: 'large models',
    expires: '2027-03-31',
  },
  { name: 'open-day', policy: 'gpu-access', namespace: 'teaching', reason: "it's a show" },
  { name: 'demo', policy: 'gpu-access', namespace: 'vision', serviceAccount: 'demo', reason: 'a talk' },
];

function conditionsOf(collected: Collected, policy: string): readonly NamedExpression[] {
  const spec = manifestsOf(collected, 'ValidatingAdmissionPolicy')[policy]?.spec;
  return (spec as { readonly matchConditions?: readonly NamedExpression[] } | undefined)?.matchConditions ?? [];
}

function synthesized(exceptions: Exceptions) {
  const platform = platformOf(eksInput({ policies: { exceptions, exceptionsNamespace: 'granted' } }));
  const collected = synthesize((scope) => new AdmissionPolicies(scope, 'policies', { platform }));
  const annotation = (kind: string, name: string): unknown =>
    (manifestsOf(collected, kind)[name]?.metadata.annotations as Manifest | undefined)?.[ANNOTATIONS.exceptions];
  const backstopCondition = (name: string): string =>
    conditionsOf(collected, name).find((condition) => condition.name === 'no-exception')?.expression ?? '';
  const granted = (name: string) => manifestsOf(collected, 'PolicyException')[name];
  const exceptionSpec = (name: string) => granted(name)?.spec as PolicyExceptionSpec | undefined;
  return { collected, annotation, backstopCondition, granted, exceptionSpec };
}

describe('exceptions (POL-3)', () => {
  const { collected, annotation, backstopCondition, granted, exceptionSpec } = synthesized(EXCEPTIONS);

  it('GIVEN an exception WHEN it is rendered THEN Kyverno has it in the one namespace that counts', () => {
    expect(granted('big-training')?.metadata.namespace).toBe('granted');
    expect(exceptionSpec('big-training')).toEqual({
      policyRefs: [{ name: 'pod-ceiling', kind: 'ValidatingPolicy' }],
      matchConditions: [
        { name: 'namespace', expression: "request.namespace == 'vision'" },
        { name: 'service-account', expression: "object.spec.?serviceAccountName.orValue('default') == 'trainer'" },
        {
          name: 'not-expired',
          expression: "timestamp(object.metadata.creationTimestamp) < timestamp('2027-04-01T00:00:00Z')",
        },
      ],
      expiresAt: '2027-04-01T00:00:00Z',
      properties: { reason: 'large models' },
      reportResult: 'skip',
    });
  });

  it('GIVEN an exception WHEN Kyverno is down THEN the API server honours the same conditions', () => {
    for (const { expression } of exceptionSpec('big-training')?.matchConditions ?? []) {
      expect(backstopCondition('pod-ceiling')).toContain(expression);
    }
    expect(backstopCondition('gpu-access')).toBe(
      "!(request.namespace == 'teaching') &&\n" +
        "!(request.namespace == 'vision' && object.spec.?serviceAccountName.orValue('default') == 'demo')",
    );
    expect(backstopCondition('allowed-priorities')).toBe('');
  });

  it('GIVEN an exception WHEN somebody looks at the policy THEN it is named there, in both engines (UO-03)', () => {
    for (const kind of ['ValidatingAdmissionPolicy', 'ValidatingPolicy']) {
      expect(annotation(kind, 'pod-ceiling')).toBe(
        'big-training: namespace vision, ServiceAccount trainer, until 2027-03-31 (large models)',
      );
      expect(annotation(kind, 'gpu-access')).toBe(
        "open-day: namespace teaching (it's a show)\ndemo: namespace vision, ServiceAccount demo (a talk)",
      );
      expect(annotation(kind, 'allowed-priorities')).toBe('none');
    }
    expect(annotation('ValidatingAdmissionPolicy', 'protected-labels')).toBeUndefined();
  });

  it('GIVEN an exception for a ServiceAccount WHEN objects have none THEN it is no exception for them', () => {
    const refs = (name: string) => exceptionSpec(name)?.policyRefs.map((ref) => ref.name);
    expect(refs('open-day')).toEqual(['gpu-access', 'gpu-access-claims']);
    expect(refs('demo')).toEqual(['gpu-access']);
    expect(backstopCondition('gpu-access-claims')).toBe("!(request.namespace == 'teaching')");
    expect(backstopCondition('gpu-access-environment')).toBe("!(request.namespace == 'teaching')");
  });

  it('GIVEN an exception WHEN its origin is asked THEN it is its place in the environment', () => {
    const object = collected.objects.find(({ manifest }) => manifest.kind === 'PolicyException');
    expect(object?.origin.path).toMatch(/^policies\.exceptions\W+0\W+$/);
  });

  it('GIVEN more exceptions than a policy may have conditions WHEN they are rendered THEN they are one condition', () => {
    const many = Array.from({ length: 80 }, (_, index) => ({
      name: `e${index}`,
      policy: 'pod-ceiling' as const,
      namespace: 'vision',
      serviceAccount: `s${index}`,
      reason: 'many',
    }));
    const matchConditions = conditionsOf(synthesized(many).collected, 'pod-ceiling');
    expect(matchConditions.map(({ name }) => name)).toEqual(['spec-changes', 'no-exception']);
    expect(matchConditions[1]?.expression.split(' &&\n')).toHaveLength(80);
  });

  it.each([
    ['2027-03-31', '2027-04-01T00:00:00Z'],
    ['2028-02-28', '2028-02-29T00:00:00Z'],
    ['2027-12-31', '2028-01-01T00:00:00Z'],
  ])('GIVEN the last day %s WHEN it ends THEN at %s', (day, end) => {
    expect(endOfDay(day)).toBe(end);
  });
});
