import { describe, expect, test } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import type { Json } from '../../lib/core/json.ts';
import { lateValue } from '../../lib/core/late-value.ts';
import { environmentNames } from '../../lib/loader/find.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import type { Applied } from '../../lib/verify/applied.ts';
import { readApplied } from '../../lib/verify/read-applied.ts';
import { jsonReport } from '../../lib/verify/report/json.ts';
import { type Verification, verify } from '../../lib/verify/verify.ts';
import { synthesize } from '../../stacks/synth.ts';
import { withObjects, withValues } from '../fixtures/change-bundle.ts';
import { eksInput } from '../fixtures/environment.ts';
import {
  type DraftResource,
  planText,
  resourcesOf,
  secretValue,
  stateText,
  UNKNOWN_VALUE,
  urnOf,
} from '../fixtures/pulumi-files.ts';

function bundleOf(input: unknown): Bundle {
  const synthesis = synthesize(input);
  if (synthesis.kind !== 'accepted') throw new Error(`The fixture is ${synthesis.kind}.`);
  return synthesis.bundle;
}

const CONFIG = `
apiVersion: v1
kind: ConfigMap
metadata: { name: database, namespace: workbench }
data: { host: '${lateValue('database-host')}', url: 'postgres://${lateValue('database-host')}:5432/w?homes=${lateValue('homes-file-system-id')}' }
`;

const OBJECTS = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: own }
spec: { template: { spec: { taints: [{ key: nvidia.com/gpu, effect: NoSchedule }] } } }
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: low }
value: 7
globalDefault: false
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: workbench }
spec: { podSelector: {}, ingress: [], policyTypes: [Ingress] }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: own, namespace: workbench }
spec: { hard: { requests.cpu: '4' } }
`;

const plain = withObjects(bundleOf(eksInput()), OBJECTS);
const waiting = withValues(withObjects(plain, CONFIG), 'kyverno', `extra: '${lateValue('database-host')}'`);

interface Change {
  readonly reviewed?: Bundle;
  readonly source?: 'plan' | 'state';
  readonly change?: (resources: DraftResource[]) => void;
}

function verified({ reviewed = plain, source = 'plan', change = () => undefined }: Change): Verification {
  const resources = resourcesOf(reviewed);
  change(resources);
  return verify(reviewed, readApplied(source === 'plan' ? planText(resources) : stateText(resources), source));
}

function find(resources: readonly DraftResource[], name: string): DraftResource {
  const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
  if (!found) throw new Error(`There is no resource "${name}".`);
  return found;
}

/** Writes a value to a path of inputs. */
function set(resource: DraftResource, path: readonly string[], value: Json | undefined): void {
  let target = resource.inputs as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    target[key] ??= {};
    target = target[key] as Record<string, unknown>;
  }
  const last = path.at(-1) ?? '';
  if (value === undefined) delete target[last];
  else target[last] = value;
}

/** Puts in what the cloud answers, as Pulumi does. */
function answerLateValues(resources: DraftResource[]): void {
  for (const resource of resources) {
    const text = JSON.stringify(resource.inputs)
      .replaceAll(lateValue('homes-file-system-id'), 'fs-0123456789abcdef0')
      .replaceAll(lateValue('database-host'), 'db.example.org');
    resource.inputs = JSON.parse(text);
  }
}

interface ToldDifference {
  readonly kind: string;
  readonly name: string;
  readonly fields?: readonly { path: string; before?: Json; after?: Json; masked?: true }[];
}

/** `kind name: field before → after` of every difference, as the report for programs has it. */
function told(verification: Verification): readonly string[] {
  const { differences } = JSON.parse(jsonReport(verification)) as { differences: readonly ToldDifference[] };
  return differences.flatMap(({ kind, name, fields = [] }) =>
    fields.length === 0
      ? [`${kind} ${name}`]
      : fields.map(({ path, before, after, masked }) => {
          const values = masked ? 'masked' : `${JSON.stringify(before)} → ${JSON.stringify(after)}`;
          return `${kind} ${name}: ${path} ${values}`;
        }),
  );
}

describe.each(environmentNames())('atelier verify of %s (CLOUD-3, PROVE)', (name) => {
  test.each(['plan', 'state'] as const)('GIVEN a %s of just what was synthesized THEN it is equal', async (source) => {
    const bundle = bundleOf((await loadEnvironment(name)).input);
    const verification = verified({ reviewed: bundle, source, change: answerLateValues });
    expect(told(verification)).toEqual([]);
    expect(verification.compared).toEqual({ objects: bundle.objects.length, releases: bundle.releases.length });
    expect(verification.notCompared).toEqual({ aws: 1, components: 1, providers: 1, stack: 1 });
  });
});

describe('atelier verify: what is applied and was not reviewed', () => {
  test('GIVEN a field with another value THEN it is named by path, with both values', () => {
    const verification = verified({
      change: (all) => set(find(all, 'Namespace/workbench'), ['metadata', 'labels', 'team'], 'x'),
    });
    expect(told(verification)).toEqual(['changed Namespace workbench: metadata.labels.team undefined → "x"']);
  });

  test('GIVEN a list item that is there once more THEN it is found by its identity', () => {
    const verification = verified({
      change: (all) => {
        const { inputs } = find(all, 'NodePool/own');
        const { taints } = (inputs.spec as { template: { spec: { taints: Json[] } } }).template.spec;
        taints.push({ key: 'other', effect: 'NoSchedule' });
      },
    });
    expect(told(verification)).toEqual([
      'changed NodePool own: spec.template.spec.taints[key=other,effect=NoSchedule] undefined → {"key":"other","effect":"NoSchedule"}',
    ]);
  });

  test('GIVEN an object less, one more and one twice THEN each is told', () => {
    const verification = verified({
      change: (all) => {
        all.splice(all.indexOf(find(all, 'Namespace/workbench')), 1);
        all.push({
          urn: urnOf('test', 'kubernetes:core/v1:ConfigMap', 'ConfigMap/kube-system/x'),
          type: 'kubernetes:core/v1:ConfigMap',
          custom: true,
          inputs: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'kube-system' } },
        });
        const again = find(all, 'Release/kyverno/kyverno');
        all.push({ ...again, urn: `${again.urn}-again` });
      },
    });
    expect(told(verification)).toEqual([
      'missing Namespace workbench',
      'twice Helm release kyverno/kyverno',
      'extra ConfigMap kube-system/x',
    ]);
  });

  test('GIVEN a chart of another version, repository or values THEN each is told', () => {
    const verification = verified({
      change: (all) => {
        const release = find(all, 'Release/kyverno/kyverno');
        set(release, ['version'], '3.8.0');
        set(release, ['repositoryOpts', 'repo'], 'https://charts.example.org/');
        set(release, ['values', 'features', 'logging'], true);
        set(release, ['postrender'], './rewrite.sh');
      },
    });
    expect(told(verification)).toEqual([
      'changed Helm release kyverno/kyverno: chart "https://kyverno.github.io/kyverno/kyverno" → "https://charts.example.org/kyverno"',
      'changed Helm release kyverno/kyverno: postrender undefined → "./rewrite.sh"',
      'changed Helm release kyverno/kyverno: values.features.logging undefined → true',
      'changed Helm release kyverno/kyverno: version "3.9.0" → "3.8.0"',
    ]);
  });

  test('GIVEN an object that a plan would delete THEN it is missing, and what a state will still delete does not count', () => {
    const resources = resourcesOf(plain);
    const gone = find(resources, 'Namespace/workbench');
    const plan = JSON.parse(planText(resources)) as { steps: { op: string; urn: string; newState?: unknown }[] };
    const step = plan.steps.find(({ urn }) => urn === gone.urn);
    Object.assign(step ?? {}, { op: 'delete', newState: undefined });
    expect(told(verify(plain, readApplied(JSON.stringify(plan), 'plan')))).toEqual(['missing Namespace workbench']);

    const state = verified({ source: 'state', change: (all) => all.push({ ...gone, delete: true }) });
    expect(told(state)).toEqual([]);
    expect(state.notes).toEqual([expect.stringContaining('1 replaced resources are still to be deleted')]);
  });
});

/** Every place of a text, number or boolean. */
function leavesOf(value: Json | undefined, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

/** Another value of the same type, that no reader takes for the same. */
function otherThan(value: Json | undefined): Json {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${String(value)}9`;
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (at, key) => (at as Readonly<Record<string, Json | undefined>> | undefined)?.[key],
    value,
  );
}

describe('atelier verify: nothing escapes it', () => {
  test('GIVEN any one value of any object or release changed THEN exactly this one thing differs', () => {
    const things = [
      ...plain.objects.map((object) => ({ ...plain, objects: [object], releases: [] })),
      ...plain.releases.map((release) => ({ ...plain, objects: [], releases: [release] })),
    ];
    const escaped: string[] = [];
    let changed = 0;
    for (const reviewed of things) {
      const [content] = [
        ...reviewed.objects.map(({ manifest }) => manifest),
        ...reviewed.releases.map(({ values }) => values),
      ];
      const [resource] = resourcesOf(reviewed).slice(-1);
      if (!resource) throw new Error('The fixture is empty.');
      const applied: Applied = { source: 'plan', resources: [{ ...resource, name: '' }], notes: [] };
      // What identifies an object makes another one of it: told as missing and extra, in a test above.
      const identity = /^(apiVersion|kind|metadata name|metadata namespace)$/;
      for (const leaf of leavesOf(content).filter((path) => path.length > 0 && !identity.test(path.join(' ')))) {
        const isRelease = reviewed.releases.length > 0;
        const path = isRelease ? ['values', ...leaf] : leaf;
        // Values of releases are long texts, each compared as a whole: every fourth will do.
        changed += 1;
        if (isRelease && changed % 4 !== 0) continue;
        const before = valueAt(resource.inputs, path);
        set(resource, path, otherThan(before));
        const { differences } = verify(reviewed, applied);
        if (differences.length !== 1 || differences[0]?.kind !== 'changed') {
          escaped.push(`${resource.urn}: ${path.join('.')}`);
        }
        set(resource, path, before);
      }
    }
    expect(escaped).toEqual([]);
    expect(changed).toBeGreaterThan(1000);
  });
});

describe('atelier verify: late values (CLOUD-3)', () => {
  const resolve = (all: readonly DraftResource[], host: Json, url: Json, extra: Json = host): void => {
    set(find(all, 'ConfigMap/workbench/database'), ['data', 'host'], host);
    set(find(all, 'ConfigMap/workbench/database'), ['data', 'url'], url);
    set(find(all, 'Release/kyverno/kyverno'), ['values', 'extra'], extra);
  };

  test('GIVEN placeholders that became texts THEN it is equal, and says what became of them and where', () => {
    const verification = verified({
      reviewed: waiting,
      source: 'state',
      change: (all) => resolve(all, 'db.example.org', 'postgres://db.example.org:5432/w?homes=fs-1'),
    });
    expect(told(verification)).toEqual([]);
    expect(verification.late).toMatchObject([
      {
        name: 'database-host',
        value: 'db.example.org',
        places: [{ path: 'data.host' }, { path: 'data.url' }, { path: 'values.extra' }],
      },
      { name: 'homes-file-system-id', value: 'fs-1', places: [{ path: 'data.url' }] },
    ]);
  });

  test('GIVEN values that a preview does not know or a state encrypts THEN it is equal, and says so by leaving them out', () => {
    for (const [source, value] of [
      ['plan', UNKNOWN_VALUE],
      ['plan', '[secret]'],
      ['state', secretValue()],
    ] as const) {
      const verification = verified({ reviewed: waiting, source, change: (all) => resolve(all, value, value) });
      expect(told(verification)).toEqual([]);
      expect(verification.late.map((late) => late.value)).toEqual([undefined, undefined]);
    }
  });

  test('GIVEN a secret that is shown THEN it is compared, and not printed', () => {
    const url = secretValue('postgres://db:5432/w?homes=fs-1');
    const equal = verified({
      reviewed: waiting,
      source: 'state',
      change: (all) => resolve(all, secretValue('db'), url),
    });
    expect(told(equal)).toEqual([]);
    expect(JSON.stringify(equal)).not.toContain('"db"');

    const other = secretValue('mysql://hidden');
    const different = verified({ reviewed: waiting, source: 'state', change: (all) => resolve(all, 'db', other) });
    expect(told(different)).toEqual(['changed ConfigMap workbench/database: data.url masked']);
    expect(jsonReport(different)).not.toContain('mysql');
  });

  test('GIVEN another text around them, a placeholder that stands there still, or two different values THEN it is told', () => {
    const around = verified({ reviewed: waiting, change: (all) => resolve(all, 'db', 'mysql://db:5432/w?homes=fs-1') });
    expect(told(around)).toHaveLength(1);
    const still = verified({ reviewed: waiting });
    expect(told(still)).toContainEqual(
      expect.stringMatching(/data\.host ".*" → "\(not replaced\) <late:database-host>"$/),
    );
    expect(told(still)).toHaveLength(3);
    const two = verified({
      reviewed: waiting,
      change: (all) => resolve(all, 'a', 'postgres://a:5432/w?homes=fs-1', 'b'),
    });
    expect(told(two)).toEqual(['late database-host']);
  });

  test('GIVEN a reviewed value that is a secret or unknown THEN it cannot be compared, which is a difference', () => {
    for (const [value, shown] of [
      ['[secret]', '(a secret)'],
      [UNKNOWN_VALUE, '(known only when applied)'],
    ] as const) {
      const verification = verified({
        change: (all) => set(find(all, 'PriorityClass/low'), ['value'], value),
      });
      expect(told(verification)).toEqual([expect.stringContaining(`value 7 → "${shown}"`)]);
    }
  });

  test('GIVEN a Secret whose data Pulumi encrypts THEN they are not compared, and it says so', () => {
    const reviewed = withObjects(
      plain,
      'apiVersion: v1\nkind: Secret\nmetadata: { name: own, namespace: workbench }\ndata: { a: eA== }',
    );
    const change = (data: Json) => (all: readonly DraftResource[]) =>
      set(find(all, 'Secret/workbench/own'), ['data'], data);
    const encrypted = verified({ reviewed, source: 'state', change: change(secretValue()) });
    expect(told(encrypted)).toEqual([]);
    expect(encrypted.notes).toEqual([expect.stringContaining('1 values of Secrets are encrypted')]);
    const shown = verified({ reviewed, source: 'state', change: change(secretValue({ a: 'eQ==' })) });
    expect(told(shown)).toEqual(['changed Secret workbench/own: data.a masked']);
  });

  test('GIVEN list items that are known by a late value THEN they are found by their place', () => {
    const reviewed = withValues(plain, 'kyverno', `hosts: [first, '${lateValue('database-host')}', last]`);
    const change = (all: readonly DraftResource[]) =>
      set(find(all, 'Release/kyverno/kyverno'), ['values', 'hosts'], ['first', 'db', 'last']);
    expect(told(verified({ reviewed, change }))).toEqual([]);
  });

  test('GIVEN a placeholder that still stands in an item that nothing identifies THEN it is told', () => {
    const reviewed = withValues(plain, 'kyverno', `rules: [{ a: { b: '${lateValue('database-host')}' } }, { c: {} }]`);
    expect(told(verified({ reviewed }))).toEqual([expect.stringContaining('(not replaced)')]);
  });
});

describe('atelier verify: what the provider does to inputs', () => {
  test('GIVEN directives to Pulumi, and defaults that it leaves out THEN it is equal; other omissions are not', () => {
    const verification = verified({
      change: (all) => {
        set(find(all, 'PriorityClass/low'), ['globalDefault'], undefined);
        set(find(all, 'PriorityClass/low'), ['metadata', 'annotations'], { 'pulumi.com/patchForce': 'true' });
        set(find(all, 'NetworkPolicy/workbench/closed'), ['spec', 'ingress'], undefined);
      },
    });
    expect(told(verification)).toEqual([]);
    expect(verification.sameMeaning).toBe(2);

    const without = verified({
      change: (all) => set(find(all, 'NetworkPolicy/workbench/closed'), ['spec', 'podSelector'], undefined),
    });
    expect(told(without)).toEqual([expect.stringContaining('spec.podSelector')]);
  });

  test('GIVEN a quantity in its canonical form THEN it means the same', () => {
    const verification = verified({
      change: (all) => {
        set(find(all, 'ResourceQuota/workbench/own'), ['spec', 'hard', 'requests.cpu'], '4000m');
      },
    });
    expect(told(verification)).toEqual([]);
    expect(verification.sameMeaning).toBe(1);
  });
});
