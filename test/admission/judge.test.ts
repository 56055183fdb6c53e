import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/admission/judge.ts';
import { readPolicies } from '../../lib/admission/read-policies.ts';
import type { AdmissionRequest } from '../../lib/admission/request.ts';
import type { Verdict } from '../../lib/admission/verdict.ts';
import type { BundleRelease, Manifest } from '../../lib/bundle/bundle.ts';
import { CHARTS } from '../../lib/catalog/charts.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { contentsOf } from '../preview/contents.ts';

const PODS = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };

/** A policy of the API server, with a binding that denies; tests change what they are about. */
function policy(spec: JsonObject = {}, binding: JsonObject | null = {}): readonly object[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const metadata = { name: 'p' };
  const validations = [{ expression: "object.metadata.name == 'fine'", message: 'Be fine.' }];
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: { matchConstraints: { resourceRules: [PODS] }, validations, ...spec },
    },
    ...(binding
      ? [
          {
            apiVersion,
            kind: 'ValidatingAdmissionPolicyBinding',
            metadata,
            spec: { policyName: 'p', validationActions: ['Deny'], ...binding },
          },
        ]
      : []),
  ];
}

const namespace = (labels: JsonObject = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'ns', labels },
});
const pod = (metadata: JsonObject = {}, spec: JsonObject = { containers: [] }): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'bad', namespace: 'ns', ...metadata },
  spec,
});
const creation = (object: Manifest = pod(), more: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
  operation: 'CREATE',
  object,
  namespace: namespace(),
  ...more,
});

const judged = (objects: readonly object[], request = creation(), releases: readonly BundleRelease[] = []): Verdict =>
  judge(readPolicies({ ...contentsOf(...objects), releases }), request);
const messages = (verdict: Verdict): readonly string[] =>
  verdict.kind === 'refused' ? verdict.by.map(({ message }) => message) : [];

describe('which requests a policy is about (PROVE-3)', () => {
  const ofResource = (rule: JsonObject, more: JsonObject = {}): readonly object[] =>
    policy({ matchConstraints: { resourceRules: [{ ...PODS, ...rule }], ...more } });
  it.each<readonly [string, readonly object[], AdmissionRequest, Verdict['kind']]>([
    ['its own resource', policy(), creation(), 'refused'],
    ['another resource', ofResource({ resources: ['jobs'] }), creation(), 'allowed'],
    ['all resources', ofResource({ resources: ['*'] }), creation(), 'refused'],
    [
      'a subresource that it names',
      ofResource({ resources: ['pods/resize'] }),
      creation(pod(), { subresource: 'resize' }),
      'refused',
    ],
    ['a subresource that it does not name', policy(), creation(pod(), { subresource: 'resize' }), 'allowed'],
    ['any subresource', ofResource({ resources: ['pods/*'] }), creation(pod(), { subresource: 'resize' }), 'refused'],
    ['another operation', ofResource({ operations: ['DELETE'] }), creation(), 'allowed'],
    ['another group', ofResource({ apiGroups: ['apps'] }), creation(), 'allowed'],
    ['another version of the resource', ofResource({ apiVersions: ['v2'] }), creation(), 'refused'],
    [
      'another version, to the letter',
      ofResource({ apiVersions: ['v2'] }, { matchPolicy: 'Exact' }),
      creation(),
      'allowed',
    ],
    ['another scope', ofResource({ scope: 'Cluster' }), creation(), 'allowed'],
    ['another name', ofResource({ resourceNames: ['other'] }), creation(), 'allowed'],
    ['what it leaves out', ofResource({}, { excludeResourceRules: [PODS] }), creation(), 'allowed'],
    [
      'a namespace that it leaves out by name',
      ofResource(
        {},
        {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['ns'] }],
          },
        },
      ),
      creation(),
      'allowed',
    ],
    [
      'a namespace with the label',
      ofResource({}, { namespaceSelector: { matchLabels: { a: 'b' } } }),
      creation(pod(), { namespace: namespace({ a: 'b' }) }),
      'refused',
    ],
    [
      'a namespace without the label',
      ofResource({}, { namespaceSelector: { matchLabels: { a: 'b' } } }),
      creation(),
      'allowed',
    ],
    [
      'an object without the label',
      ofResource({}, { objectSelector: { matchLabels: { a: 'b' } } }),
      creation(),
      'allowed',
    ],
    [
      'an object that had the label',
      ofResource({}, { objectSelector: { matchLabels: { a: 'b' } } }),
      creation(pod(), { oldObject: pod({ labels: { a: 'b' } }) }),
      'refused',
    ],
    [
      'a namespace that its binding leaves out',
      policy({}, { matchResources: { namespaceSelector: { matchLabels: { a: 'b' } } } }),
      creation(),
      'allowed',
    ],
    [
      'a namespace itself',
      policy({
        matchConstraints: {
          resourceRules: [{ ...PODS, resources: ['namespaces'] }],
          namespaceSelector: { matchLabels: { a: 'b' } },
        },
      }),
      { operation: 'CREATE', object: namespace({ a: 'b' }) },
      'refused',
    ],
  ])('GIVEN %s THEN the verdict is that of the API server', (_, objects, request, kind) => {
    expect(judged(objects, request).kind).toBe(kind);
  });

  it('GIVEN no binding, or one that only warns WHEN the policy is broken THEN nothing is refused', () => {
    expect(judged(policy({}, null)).kind).toBe('allowed');
    expect(judged(policy({}, { validationActions: ['Warn', 'Audit'] })).kind).toBe('allowed');
  });
});

describe('what a policy makes of a request (PROVE-3)', () => {
  const rule = (expression: string, more: JsonObject = {}): JsonObject => ({ validations: [{ expression, ...more }] });

  it('GIVEN a message expression WHEN it gives no single line THEN the fixed message is said', () => {
    const said = (messageExpression: string): readonly string[] =>
      messages(judged(policy(rule('false', { message: 'Fixed.', messageExpression }))));
    expect(said("'Because of ' + object.metadata.name + '.'")).toEqual(['Because of bad.']);
    expect(said("'two\\nlines'")).toEqual(['Fixed.']);
    expect(said("'  '")).toEqual(['Fixed.']);
    expect(said('object.metadata.nothing')).toEqual(['Fixed.']);
    expect(messages(judged(policy(rule('1 > 2 '))))).toEqual(['failed expression: 1 > 2']);
  });

  it('GIVEN an expression that fails WHEN the failure policy says so THEN the request is refused, and else passes', () => {
    expect(messages(judged(policy(rule('object.spec.nothing == 1'))))[0]).toContain('resulted in error: No such key');
    expect(judged(policy({ ...rule('object.spec.nothing == 1'), failurePolicy: 'Ignore' })).kind).toBe('allowed');
  });

  it('GIVEN match conditions WHEN one is false THEN the policy is skipped even where another fails', () => {
    const conditions = (...expressions: readonly string[]): JsonObject => ({
      matchConditions: expressions.map((expression, index) => ({ name: `c${index}`, expression })),
    });
    expect(judged(policy(conditions('object.spec.nothing', 'false'))).kind).toBe('allowed');
    expect(judged(policy(conditions('object.spec.nothing', 'true'))).kind).toBe('refused');
    expect(judged(policy({ ...conditions('object.spec.nothing'), failurePolicy: 'Ignore' })).kind).toBe('allowed');
    expect(judged(policy(conditions('true'))).kind).toBe('refused');
  });

  it('GIVEN variables WHEN one fails that no rule needs THEN it does not matter', () => {
    const variables = [
      { name: 'broken', expression: 'object.spec.nothing' },
      { name: 'name', expression: 'object.metadata.name' },
      { name: 'twice', expression: 'variables.name + variables.name' },
    ];
    expect(judged(policy({ variables, ...rule("variables.twice == 'badbad'") })).kind).toBe('allowed');
    expect(judged(policy({ variables, ...rule("variables.twice == 'badbad' || variables.broken") })).kind).toBe(
      'allowed',
    );
    expect(judged(policy({ variables, ...rule('variables.broken') })).kind).toBe('refused');
  });

  it.each([
    ['rights', "authorizer.group('').resource('pods').check('get').allowed()", 'who may do what'],
    ['rights to the request', "authorizer.requestResource.check('get').allowed()", 'who may do what'],
    ['the sender', "request.userInfo.username == 'admin'", 'who sends the request'],
    ['a function that is not known here', "url('https://a').getHost() == 'a'", 'cannot evaluate its CEL'],
  ])(
    'GIVEN a rule about %s WHEN it decides THEN the verdict is not decided, and only then',
    (_, expression, reason) => {
      const verdict = judged(policy(rule(expression)));
      expect(verdict).toMatchObject({ kind: 'undecided', by: [{ reason: expect.stringContaining(reason) }] });
      if (reason.startsWith('cannot')) return;
      expect(judged(policy(rule(`${expression} || true`))).kind).toBe('allowed');
      expect(judged(policy(rule(`${expression} && false`))).kind).toBe('refused');
      const { validations } = rule(expression) as { validations: readonly JsonObject[] };
      expect(judged(policy({ validations: [...validations, { expression: 'false' }] })).kind).toBe('refused');
      expect(judged(policy({ ...rule(expression), failurePolicy: 'Ignore' })).kind).toBe('undecided');
    },
  );

  it('GIVEN a sender WHEN a rule asks for the groups THEN it is decided', () => {
    const user = { username: 'alice', groups: ['a'] };
    expect(judged(policy(rule("'a' in request.userInfo.groups")), creation(pod(), { user })).kind).toBe('allowed');
  });

  it('GIVEN a policy with parameters, or one that changes objects WHEN it is about the request THEN nothing is decided', () => {
    expect(judged(policy({ paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } })).kind).toBe('undecided');
    const mutating = {
      apiVersion: 'policies.kyverno.io/v1',
      kind: 'MutatingPolicy',
      metadata: { name: 'm' },
      spec: { matchConstraints: { resourceRules: [PODS] } },
    };
    // What would be refused as it is may pass once it is changed.
    expect(judged([mutating, ...policy()])).toMatchObject({
      kind: 'undecided',
      by: [{ reason: expect.stringContaining('changes') }],
    });
  });
});

describe('Kyverno’s policies (PROVE-3, POL-5)', () => {
  const kyverno = (spec: JsonObject = {}): object => ({
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: { name: 'p' },
    spec: {
      validationActions: ['Deny'],
      matchConstraints: { resourceRules: [PODS] },
      validations: [{ expression: 'false', message: 'No.' }],
      ...spec,
    },
  });
  const exception = (in_: string, spec: JsonObject = {}): object => ({
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'PolicyException',
    metadata: { name: 'e', namespace: in_ },
    spec: { policyRefs: [{ name: 'p', kind: 'ValidatingPolicy' }], matchConditions: [], ...spec },
  });
  const release = (policyExceptions: JsonObject): BundleRelease => ({
    phase: '20-controllers',
    name: 'kyverno',
    namespace: 'kyverno',
    chart: CHARTS.kyverno,
    values: { features: { policyExceptions } },
    origin: { construct: 'test', path: '(environment)' },
  });

  it('GIVEN exceptions WHEN they lie where Kyverno looks THEN they count, and nowhere else', () => {
    const own = release({ enabled: true, namespace: 'exceptions' });
    expect(judged([kyverno()]).kind).toBe('refused');
    expect(judged([kyverno(), exception('exceptions')], creation(), [own]).kind).toBe('allowed');
    expect(judged([kyverno(), exception('ns')], creation(), [own]).kind).toBe('refused');
    expect(judged([kyverno(), exception('ns')], creation(), [release({ enabled: true, namespace: '*' })]).kind).toBe(
      'allowed',
    );
    expect(judged([kyverno(), exception('exceptions')], creation(), [release({ enabled: false })]).kind).toBe(
      'refused',
    );
  });

  it('GIVEN an exception WHEN it is to another policy or its conditions do not hold THEN it does not count', () => {
    const no = [{ name: 'no', expression: "object.metadata.name == 'other'" }];
    const broken = [{ name: 'broken', expression: 'object.spec.nothing' }];
    const ref = [{ name: 'p', kind: 'ImageValidatingPolicy' }];
    expect(judged([kyverno(), exception('e', { matchConditions: no })]).kind).toBe('refused');
    expect(judged([kyverno(), exception('e', { matchConditions: broken })]).kind).toBe('refused');
    expect(judged([kyverno(), exception('e', { policyRefs: ref })]).kind).toBe('refused');
    expect(judged([kyverno(), exception('e', { images: ['a'] })]).kind).toBe('undecided');
  });

  it('GIVEN a policy that only audits, or is not asked at admission WHEN it is broken THEN nothing is refused', () => {
    expect(judged([kyverno({ validationActions: ['Audit'] })]).kind).toBe('allowed');
    expect(judged([kyverno({ evaluation: { admission: { enabled: false } } })]).kind).toBe('allowed');
  });
});
