import { describe, expect, test } from 'vitest';
import { readAsset } from '../../lib/core/asset.ts';
import { CONSEQUENCES } from '../../lib/preview/consequences/registry.ts';
import { previewContents } from '../../lib/preview/preview.ts';
import { contentsOf, object } from './contents.ts';
import { CORPUS } from './corpus.ts';

/** `risk rule` of everything foreseen. */
function foreseen(before: readonly object[], after: readonly object[]): readonly string[] {
  const preview = previewContents(contentsOf(...before), contentsOf(...after));
  return preview.consequences.map(({ risk, rule }) => `${risk} ${rule}`);
}

/** What is foreseen where an object of the kind changes from one to the other. */
const changing = (kind: string, before: object, after: object, namespace?: string): readonly string[] =>
  foreseen([object(kind, before, 'x', namespace)], [object(kind, after, 'x', namespace)]);

describe('immutable fields (PROVE-3)', () => {
  test.each([
    ['batch/Job', { spec: { template: { a: 1 } } }, { spec: { template: { a: 2 } } }, 'disruptive'],
    ['apps/StatefulSet', { spec: { serviceName: 'a' } }, { spec: { serviceName: 'b' } }, 'disruptive'],
    ['apps/Deployment', { spec: { selector: { a: 'b' } } }, { spec: { selector: { a: 'c' } } }, 'disruptive'],
    ['storage.k8s.io/StorageClass', { reclaimPolicy: 'Delete' }, { reclaimPolicy: 'Retain' }, 'care'],
    ['Service', { spec: { clusterIP: '10.0.0.1' } }, { spec: { clusterIP: '10.0.0.2' } }, 'disruptive'],
    ['PersistentVolumeClaim', { spec: { storageClassName: 'a' } }, { spec: { storageClassName: 'b' } }, 'dangerous'],
    ['rbac.authorization.k8s.io/RoleBinding', { roleRef: { name: 'a' } }, { roleRef: { name: 'b' } }, 'care'],
    [
      'apiextensions.k8s.io/CustomResourceDefinition',
      { spec: { scope: 'Cluster' } },
      { spec: { scope: 'Namespaced' } },
      'dangerous',
    ],
  ])('%s', (kind, before, after, risk) => {
    expect(changing(kind, before, after)).toContain(`${risk} immutable-field`);
  });

  test.each([
    ['apps/StatefulSet', { spec: { replicas: 1 } }, { spec: { replicas: 2 } }],
    [
      'PersistentVolumeClaim',
      { spec: { resources: { requests: { storage: '1Gi' } } } },
      { spec: { resources: { requests: { storage: '2Gi' } } } },
    ],
    ['apps/Deployment', { spec: { replicas: 1 } }, { spec: { replicas: 2 } }],
    ['Service', { spec: { clusterIP: 'None' } }, { spec: {} }],
    ['batch/CronJob', { spec: { schedule: '0 1 * * *' } }, { spec: { schedule: '0 2 * * *' } }],
  ])('%s: fields that can change', (kind, before, after) => {
    expect(changing(kind, before, after).filter((each) => each.endsWith('immutable-field'))).toEqual([]);
  });
});

describe('drift of nodes (PROVE-3)', () => {
  const template = (spec: object) => ({
    spec: { limits: { nodes: '7' }, template: { spec: { nodeClassRef: { name: 'x' }, ...spec } } },
  });
  const types = (...values: readonly string[]) =>
    template({ requirements: [{ key: 'node.kubernetes.io/instance-type', operator: 'In', values }] });
  const nodeClass = (spec: object) => object('karpenter.k8s.aws/EC2NodeClass', { spec });
  const pool = object('karpenter.sh/NodePool', template({}));

  test('an instance type less drifts the nodes that have it, one more drifts none', () => {
    expect(changing('karpenter.sh/NodePool', types('a', 'b'), types('a'))).toEqual(['care node-drift']);
    expect(changing('karpenter.sh/NodePool', types('a'), types('a', 'b'))).toEqual([]);
  });

  test('the order of taints drifts nothing, because Karpenter hashes lists as sets', () => {
    const [a, b] = [
      { key: 'a', effect: 'NoSchedule' },
      { key: 'b', effect: 'NoSchedule' },
    ];
    expect(changing('karpenter.sh/NodePool', template({ taints: [a, b] }), template({ taints: [b, a] }))).toEqual([]);
  });

  test('what the node class selects may drift, what it says itself does', () => {
    const tags = (value: string) => nodeClass({ subnetSelectorTerms: [{ tags: { a: value } }] });
    expect(foreseen([pool, tags('b')], [pool, tags('c')])).toEqual(['care node-drift']);
    expect(foreseen([pool, nodeClass({ role: 'a' })], [pool, nodeClass({ role: 'b' })])).toEqual(['care node-drift']);
  });

  test('limits and disruption settings drift nothing', () => {
    const limit = (nodes: string) => ({ spec: { limits: { nodes }, disruption: { consolidateAfter: `${nodes}m` } } });
    expect(changing('karpenter.sh/NodePool', limit('1'), limit('2'))).toEqual([]);
  });

  test('a budget of no nodes holds the drift back, and it says so', () => {
    const budget = (size: string) => ({
      spec: {
        disruption: { budgets: [{ nodes: '0', reasons: ['Drifted'] }] },
        template: { spec: { taints: [{ key: size }] } },
      },
    });
    const preview = previewContents(
      contentsOf(object('karpenter.sh/NodePool', budget('a'))),
      contentsOf(object('karpenter.sh/NodePool', budget('b'))),
    );
    expect(preview.consequences[0]?.message).toContain('the drift waits');
  });
});

describe('custom resources (PROVE-3)', () => {
  const crd = (...versions: readonly object[]) => ({ spec: { versions } });
  const KIND = 'apiextensions.k8s.io/CustomResourceDefinition';

  test('GIVEN a version that is no longer served THEN it is dangerous', () => {
    const [v1, v2] = [
      { name: 'v1', served: true, storage: true },
      { name: 'v2', served: true, storage: false },
    ];
    expect(changing(KIND, crd(v1, v2), crd({ ...v1, served: false }, v2))).toEqual(['dangerous crd-version']);
    expect(changing(KIND, crd(v1, v2), crd({ ...v1, storage: false }, { ...v2, storage: true }))).toEqual([
      'care crd-version',
    ]);
    expect(changing(KIND, crd(v1), crd({ ...v1, schema: {} }))).toEqual(['care crd-version']);
    expect(foreseen([object(KIND, crd(v1)), object('Namespace')], [object('Namespace')])).toEqual([
      'dangerous crd-version',
    ]);
  });
});

describe('policies (PROVE-3)', () => {
  const KIND = 'admissionregistration.k8s.io/ValidatingAdmissionPolicy';
  const rule = (expression: string, message = 'no') => ({ expression, message });
  const messageOf = (before: object, after: object): string | undefined =>
    previewContents(contentsOf(object(KIND, before)), contentsOf(object(KIND, after))).consequences[0]?.message;

  test('a rule more refuses more, a rule less refuses less, and another message refuses as before', () => {
    const policy = (...validations: readonly object[]) => ({ spec: { validations } });
    expect(messageOf(policy(rule('a')), policy(rule('a'), rule('b', 'not b')))).toBe('starts to refuse: "not b"');
    expect(messageOf(policy(rule('a'), rule('b', 'not b')), policy(rule('a')))).toBe('stops to refuse: "not b"');
    expect(messageOf(policy(rule('a')), policy(rule('a', 'never')))).toBeUndefined();
    expect(messageOf(policy(rule('a')), policy(rule('b')))).toMatch(/^checks differently/);
  });

  test('a policy that comes with its binding is told once; a binding alone puts it in force', () => {
    const binding = object('admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding', {
      spec: { policyName: 'x' },
    });
    const other = object('Namespace');
    expect(foreseen([other], [other, object(KIND), binding])).toEqual(['care policy']);
    expect(foreseen([other, object(KIND)], [other, object(KIND), binding])).toEqual(['care policy']);
  });

  test('another answer to what it finds is disruptive', () => {
    const binding = (action: string) => ({ spec: { policyName: 'x', validationActions: [action] } });
    const kind = 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding';
    expect(changing(kind, binding('Audit'), binding('Deny'))).toEqual(['disruptive policy']);
  });
});

describe('objects that go or are renamed (PROVE-3)', () => {
  const content = { data: { a: '1', b: '2', c: '3', d: '4', e: '5' } };

  test('GIVEN the same content under another name THEN it is one rename, not one more and one less', () => {
    const preview = previewContents(
      contentsOf(object('ConfigMap', content, 'old', 'ns')),
      contentsOf(object('ConfigMap', content, 'new', 'ns')),
    );
    expect(
      preview.changes.map(({ action, from, fields }) => [action, from && 'name' in from && from.name, fields.length]),
    ).toEqual([['renamed', 'old', 0]]);
  });

  test('GIVEN a volume claim under another name THEN its data are in danger', () => {
    const spec = {
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'a',
        volumeMode: 'b',
      },
    };
    const claim = (name: string) => object('PersistentVolumeClaim', spec, name, 'ns');
    expect(foreseen([claim('old')], [claim('new')])).toEqual(['dangerous removed-object']);
  });

  test('GIVEN a whole namespace that goes THEN what is in it needs no line of its own', () => {
    const gone = [
      object('Namespace', {}, 'ns'),
      object('Secret', {}, 'a', 'ns'),
      object('ServiceAccount', {}, 'b', 'ns'),
    ];
    const stays = object('Namespace', {}, 'other');
    expect(foreseen([...gone, stays], [stays])).toEqual(['dangerous removed-object']);
    expect(foreseen([object('Secret', {}, 'a', 'other'), stays], [stays])).toEqual(['disruptive removed-object']);
  });

  test('an API version that moves on is a change of the same object', () => {
    const at = (apiVersion: string) => ({ ...object('x.example.org/Thing', { spec: {} }), apiVersion });
    const preview = previewContents(contentsOf(at('x.example.org/v1beta1')), contentsOf(at('x.example.org/v1')));
    expect(preview.changes.map(({ action }) => action)).toEqual(['changed']);
  });
});

describe('Secrets (PROVE-3)', () => {
  test('their data never leave the comparison, new, gone or changed', () => {
    const secret = (value: string) =>
      object('Secret', { data: { key: value }, stringData: { other: value } }, 'x', 'ns');
    const preview = previewContents(contentsOf(secret('b2xk')), contentsOf(secret('bmV3')));
    expect(preview.changes[0]?.fields.map(({ masked }) => masked)).toEqual([true, true]);
    expect(JSON.stringify(preview)).not.toMatch(/b2xk|bmV3/);
  });
});

describe('the registry of consequences', () => {
  test('every kind has an id of its own and stands in docs/preview.md with its title and source', () => {
    const page = readAsset('docs/preview.md').replace(/ +/g, ' ');
    expect(new Set(CONSEQUENCES.map(({ id }) => id)).size).toBe(CONSEQUENCES.length);
    for (const { id, title, upstream } of CONSEQUENCES)
      expect(page).toContain(`| \`${id}\` | ${title} | ${upstream} |`);
  });

  test('every kind follows from some line of the corpus, or from a test above', () => {
    const shown = new Set(CORPUS.flatMap(({ foresees }) => foresees.map((each) => each.split(' ')[1])));
    expect(CONSEQUENCES.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual(['crd-version']);
  });
});
