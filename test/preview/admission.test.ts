import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/admission/judge.ts';
import { readPolicies } from '../../lib/admission/read-policies.ts';
import type { BundleContents } from '../../lib/bundle/contents.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { AdmissionPolicies } from '../../lib/policies/admission-policies.ts';
import { policyRules } from '../../lib/policies/policy-rules.ts';
import { previewContents } from '../../lib/preview/preview.ts';
import { examples } from '../../lib/preview/replay/example-requests.ts';
import { synthesize as synthesizeInput } from '../../stacks/synth.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';
import { corpusInput, corpusNamespaces } from '../policies/corpus.ts';
import { contentsOf } from './contents.ts';

const rule = (resources: readonly string[], expression: string, message: string): JsonObject => ({
  matchConstraints: {
    resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources }],
  },
  validations: [{ expression, message }],
});

/** A policy of the API server with its binding. */
function policy(spec: JsonObject, name = 'p'): readonly object[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const binding = { policyName: name, validationActions: ['Deny'] };
  return [
    { apiVersion, kind: 'ValidatingAdmissionPolicy', metadata: { name }, spec },
    { apiVersion, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name }, spec: binding },
  ];
}

const NO_ROOT = rule(['pods'], "object.spec.containers.all(c, c.image != 'root')", 'Not as root.');
const namespace = (labels: JsonObject = {}): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'ns', labels },
});
const template = (image: string): JsonObject => ({ spec: { containers: [{ name: 'main', image }] } });
const deployment = (image: string): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'ns' },
  spec: { template: template(image) },
});

const foreseen = (before: BundleContents, after: BundleContents): readonly string[] =>
  previewContents(before, after)
    .consequences.filter(({ rule: id }) => id === 'admission')
    .map(({ risk, about, message }) => `${risk} ${about.join(', ')}: ${message}`);

const REFUSED = 'refused from now on by policy "p": "Not as root."';

describe('objects before the policies of both versions (PROVE-3)', () => {
  it('GIVEN a policy that is new WHEN a workload breaks it THEN its pods are refused, and the policy is the cause', () => {
    const [before, after] = [contentsOf(deployment('root')), contentsOf(deployment('root'), ...policy(NO_ROOT))];
    expect(foreseen(before, after)).toEqual([`disruptive pods of Deployment ns/web: ${REFUSED}`]);
    const { consequences } = previewContents(before, after);
    const causes = consequences.find(({ rule: id }) => id === 'admission')?.causes;
    expect(causes).toEqual([
      expect.objectContaining({ kind: 'ValidatingAdmissionPolicy', name: 'p' }),
      expect.anything(),
    ]);
    expect(foreseen(after, before)).toEqual([
      'safe pods of Deployment ns/web: allowed from now on; refused so far by policy "p": "Not as root."',
    ]);
    expect(foreseen(after, after)).toEqual([]);
  });

  it('GIVEN a policy that stays WHEN what it looks at changes THEN the answer follows', () => {
    const from = (image: string, ...more: readonly object[]): BundleContents =>
      contentsOf(deployment(image), ...policy(NO_ROOT), ...more);
    expect(foreseen(from('fine'), from('root'))).toEqual([`disruptive pods of Deployment ns/web: ${REFUSED}`]);
    expect(foreseen(contentsOf(...policy(NO_ROOT)), from('root'))).toEqual([
      'disruptive pods of Deployment ns/web: new, and refused by policy "p": "Not as root."',
    ]);
    expect(foreseen(from('root'), from('fine'))).toHaveLength(1);
    expect(foreseen(from('fine'), from('other'))).toEqual([]);
  });

  it('GIVEN a namespace WHEN its labels change THEN what is made in it is replayed', () => {
    const labelled = rule(['pods'], "namespaceObject.metadata.?labels[?'gpu'].orValue('') == 'yes'", 'No GPUs.');
    const [before, after] = [{ gpu: 'yes' }, {}].map((labels) =>
      contentsOf(namespace(labels), deployment('a'), ...policy(labelled)),
    ) as [BundleContents, BundleContents];
    expect(foreseen(before, after)).toEqual([
      'disruptive pods of Deployment ns/web: refused from now on by policy "p": "No GPUs."',
    ]);
  });

  it('GIVEN pods without limits WHEN the LimitRange that filled them in goes THEN they are refused', () => {
    const limited = rule(['pods'], 'object.spec.containers.all(c, has(c.resources.limits))', 'Limits!');
    const limitRange = {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'defaults', namespace: 'ns' },
      spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] },
    };
    const all = [deployment('a'), ...policy(limited)];
    expect(foreseen(contentsOf(limitRange, ...all), contentsOf(...all))).toContain(
      'disruptive pods of Deployment ns/web: refused from now on by policy "p": "Limits!"',
    );
  });

  it('GIVEN a policy that only words its refusals otherwise WHEN it is replayed THEN nothing follows', () => {
    const worded = {
      ...NO_ROOT,
      validations: [{ ...(NO_ROOT.validations as JsonObject[])[0], message: 'Never as root.' }],
    };
    const [before, after] = [NO_ROOT, worded].map((spec) => contentsOf(deployment('root'), ...policy(spec)));
    expect(before && after && foreseen(before, after)).toEqual([]);
  });

  it('GIVEN a changed policy that asks for rights WHEN it is replayed THEN the report says that nobody can foresee it', () => {
    const asks = (verb: string): JsonObject =>
      rule(['deployments'], `authorizer.group('apps').resource('deployments').check('${verb}').allowed()`, 'No right.');
    const [before, after] = ['get', 'update'].map((verb) => contentsOf(deployment('a'), ...policy(asks(verb))));
    expect(before && after && foreseen(before, after)).toEqual([
      'care policy p: what it decides now is not foreseen: it asks who may do what, which only the API server knows.',
    ]);
    expect(after && foreseen(after, after)).toEqual([]);
  });
});

describe('what people may make (PROVE-3)', () => {
  const ofPeople = (name: string, labels: JsonObject = {}): object => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'atelier.dev/tier': 'tenant', team: name, ...labels } },
  });
  const quietly = rule(['pods'], "object.spec.?nodeName.orValue('') == ''", 'Let the scheduler choose.');

  it('GIVEN namespaces that no policy tells apart WHEN an example is refused THEN it is said once, with all their names', () => {
    const spaces = [ofPeople('a'), ofPeople('b')];
    expect(foreseen(contentsOf(...spaces), contentsOf(...spaces, ...policy(quietly)))).toEqual([
      'care pods that name their node: refused in a, b and default from now on by policy "p": "Let the scheduler choose."',
    ]);
  });

  it('GIVEN a namespace that a policy names WHEN it answers otherwise there THEN that namespace alone is named', () => {
    const but = { ...quietly, matchConditions: [{ name: 'but', expression: "request.namespace != 'b'" }] };
    const spaces = [ofPeople('a'), ofPeople('b')];
    expect(foreseen(contentsOf(...spaces, ...policy(quietly)), contentsOf(...spaces, ...policy(but)))).toEqual([
      'care pods that name their node: allowed in b from now on; refused so far by policy "p": "Let the scheduler choose."',
    ]);
  });

  it('GIVEN namespaces whose pods are completed otherwise WHEN a policy asks for limits THEN they are told apart', () => {
    const limited = rule(['pods'], 'object.spec.containers.all(c, has(c.resources.limits))', 'Limits!');
    const limitRange = {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'defaults', namespace: 'a' },
      spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] },
    };
    const spaces = [ofPeople('a'), ofPeople('b'), limitRange];
    expect(foreseen(contentsOf(...spaces), contentsOf(...spaces, ...policy(limited)))).toEqual([
      'care pods without limits: refused in b and default from now on by policy "p": "Limits!"',
    ]);
  });

  it('GIVEN a namespace that is new, or is people’s only now WHEN policies hold in it THEN nothing is foreseen of it', () => {
    const now = contentsOf(ofPeople('a'), ...policy(quietly));
    const plain = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', labels: {} } };
    expect(foreseen(contentsOf(...policy(quietly)), now)).toEqual([]);
    expect(foreseen(contentsOf(plain, ...policy(quietly)), now)).toEqual([]);
  });

  it('GIVEN every demand of every rule but those about rights WHEN the examples are made THEN one of them breaks it', () => {
    const input = corpusInput();
    const platform = platformOf({ ...input, policies: { ceiling: { cpu: '16', memory: '64Gi' } } });
    const { objects } = synthesize((scope) => new AdmissionPolicies(scope, 'policies', { platform }));
    const policies = readPolicies({ objects, releases: [] }).filter(({ engine }) => engine === 'api-server');
    const all = examples({
      priorityClasses: platform.environment.priorities.map(({ name }) => name),
      devices: ['nvidia.com/gpu'],
      pools: platform.pools.map(({ name }) => name),
    });
    const broken = new Set<string>();
    for (const within of [
      ...corpusNamespaces(platform),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
    ]) {
      for (const each of policies) {
        for (const { object } of all) {
          const request = { operation: 'CREATE' as const, object: object(within.metadata.name), namespace: within };
          const verdict = judge([each], request);
          if (verdict.kind === 'refused') for (const { rule: index } of verdict.by) broken.add(`${each.name} ${index}`);
        }
      }
    }
    const demands = policyRules(platform)
      .filter(({ name }) => !name.startsWith('protected-labels'))
      .flatMap(({ name, validations }) => validations.map((_, index) => `${name} ${index}`));
    expect(demands.filter((demand) => !broken.has(demand))).toEqual([]);
  });
});

describe('what environments have made for them (PROVE-3, WB-2)', () => {
  function bundleOf(input: unknown): BundleContents {
    const synthesis = synthesizeInput(input);
    if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems));
    return synthesis.bundle;
  }

  it('GIVEN sessions, reservations and warm capacity WHEN a policy refuses all pods THEN each is named', () => {
    const before = bundleOf(corpusInput());
    const [vap, binding] = policy(rule(['pods'], 'false', 'Nothing.'));
    const extra = contentsOf(vap as object, binding as object).objects;
    const said = foreseen(before, { ...before, objects: [...before.objects, ...extra] }).join('\n');
    for (const name of ['profile small', 'profile gpu', 'Spark drivers in vision', 'Spark executors in vision']) {
      expect(said).toContain(name);
    }
    expect(said).toMatch(/pods of Deployment atelier-warm-capacity\/gpu/);
    expect(said).toMatch(/pods of CronJob atelier-reservations\/lecture/);
    expect(said).toMatch(/pods of DaemonSet workbench/);
  });

  it('GIVEN the environments of the fixtures WHEN they are replayed against themselves THEN nothing of their own is refused', () => {
    for (const input of [eksInput(), corpusInput()]) {
      const bundle = bundleOf(input);
      // Everything is new beside policies that were there before: whatever they refuse shows.
      const policies = bundle.objects.filter(({ phase }) => phase === '30-policies' || phase === '10-foundation');
      const said = foreseen({ ...bundle, objects: policies, releases: [] }, bundle);
      expect(said.filter((line) => !line.startsWith('care'))).toEqual([]);
    }
  });
});
