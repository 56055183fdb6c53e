import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../lib/core/json.ts';
import { displayFieldPath } from '../../lib/preview/change.ts';
import { diffValues } from '../../lib/preview/diff-values.ts';
import { applyFields, meaning } from './apply-fields.ts';

/** `path action before -> after` of every field. */
function told(before: Json, after: Json): readonly string[] {
  return diffValues(before, after).fields.map(({ path, action, before: old, after: now }) =>
    [displayFieldPath(path), action, JSON.stringify(old), '->', JSON.stringify(now)].filter(Boolean).join(' '),
  );
}

describe('fields of an object (PROVE-3)', () => {
  test('containers, variables and volumes are known by name, wherever they stand', () => {
    const before = {
      containers: [
        { name: 'a', env: [{ name: 'X', value: '1' }] },
        { name: 'b', image: 'b:1' },
      ],
    };
    const after = {
      containers: [
        { name: 'b', image: 'b:2' },
        { name: 'a', env: [{ name: 'X', value: '2' }] },
      ],
    };
    expect(told(before, after)).toEqual([
      'containers[name=a].env[name=X].value changed "1" -> "2"',
      'containers[name=b].image changed "b:1" -> "b:2"',
      'containers reordered ["name=a","name=b"] -> ["name=b","name=a"]',
    ]);
  });

  test('taints are known by key and effect, and their order means nothing', () => {
    const taint = (key: string, effect: string, value = 'x') => ({ key, effect, value });
    const before = { taints: [taint('a', 'NoSchedule'), taint('a', 'NoExecute'), taint('b', 'NoSchedule')] };
    const after = { taints: [taint('b', 'NoSchedule'), taint('a', 'NoExecute', 'y'), taint('a', 'NoSchedule')] };
    expect(told(before, after)).toEqual(['taints[key=a,effect=NoExecute].value changed "x" -> "y"']);
    expect(diffValues(before, after).sameMeaning).toBe(1);
  });

  test('volume mounts are known by their path, because one volume may be mounted twice', () => {
    const before = {
      volumeMounts: [
        { name: 'v', mountPath: '/a' },
        { name: 'v', mountPath: '/b' },
      ],
    };
    const after = {
      volumeMounts: [
        { name: 'v', mountPath: '/a', readOnly: true },
        { name: 'v', mountPath: '/b' },
      ],
    };
    expect(told(before, after)).toEqual(['volumeMounts[mountPath=/a].readOnly added -> true']);
  });

  test('items without identity are known by content: what is equal is not told', () => {
    const before = {
      rules: [
        { verbs: ['get'], resources: ['pods'] },
        { verbs: ['list'], resources: ['nodes'] },
      ],
    };
    const after = {
      rules: [
        { verbs: ['list'], resources: ['nodes'] },
        { verbs: ['get', 'watch'], resources: ['pods'] },
      ],
    };
    expect(told(before, after)).toContain('rules[0].verbs[watch] added -> "watch"');
    expect(told(before, after)).toHaveLength(2);
  });

  test('flags are known by name, repeated ones by the whole of them', () => {
    expect(told({ args: ['--a=1', '--b'] }, { args: ['--a=2', '--b'] })).toEqual([
      'args[--a] changed "--a=1" -> "--a=2"',
    ]);
    const before = { args: ['--skip=x', '--skip=y'] };
    expect(told(before, { args: ['--skip=y'] })).toEqual(['args[--skip=x] removed "--skip=x" ->']);
  });

  test('quantities are compared by value where Kubernetes reads one, and nowhere else', () => {
    const before = { resources: { requests: { cpu: '1000m', memory: '1Gi' } }, tag: '1.10' };
    const after = { resources: { requests: { cpu: 1, memory: '1024Mi' } }, tag: '1.1' };
    expect(told(before, after)).toEqual(['tag changed "1.10" -> "1.1"']);
    expect(diffValues(before, after).sameMeaning).toBe(2);
    expect(told({ limits: { cpu: '1' } }, { limits: { cpu: '1001m' } })).toEqual(['limits.cpu changed "1" -> "1001m"']);
  });

  test('a key that every JavaScript object has is only there where the document says so', () => {
    expect(told({ labels: {} }, { labels: { constructor: 'x' } })).toEqual(['labels.constructor added -> "x"']);
  });
});

describe('texts inside of fields (PROVE-3)', () => {
  test('are told line by line, with the section of an INI file', () => {
    const before = { data: { 'a.conf': '[one]\nx=1\ny=2\n\n[two]\nx=1\n' } };
    const after = { data: { 'a.conf': '[one]\nx=1\ny=2\n\n[two]\nx=5\n' } };
    const [field] = diffValues(before, after).fields;
    expect(field).not.toHaveProperty('before');
    expect(field?.text).toMatchObject({ format: 'ini', added: 1, removed: 1 });
    expect(field?.text?.hunks[0]).toMatchObject({ section: '[two]', lines: [' ', ' [two]', '-x=1', '+x=5'] });
  });

  test('a dashboard on one line is told as it would be printed', () => {
    const dashboard = (title: string) => JSON.stringify({ panels: [{ title, type: 'graph' }], uid: 'gpu' });
    const before = { 'gpu.json': `${dashboard('GPU')}\n` };
    const [field] = diffValues(before, { 'gpu.json': `${dashboard('GPUs')}\n` }).fields;
    expect(field?.text?.hunks[0]?.lines).toContain('+      "title": "GPUs",');
  });

  test('line ends alone are named, not listed', () => {
    const [field] = diffValues({ a: 'x\ny\n' }, { a: 'x\r\ny\r\n' }).fields;
    expect(field?.text).toMatchObject({ hunks: [], note: 'only line ends changed (CRLF, LF)' });
  });

  test('letters beyond ASCII stay what they are', () => {
    const [field] = diffValues({ a: 'Größe\n' }, { a: 'Größe 大\n' }).fields;
    expect(field?.text?.hunks[0]?.lines).toEqual(['-Größe', '+Größe 大']);
  });

  test('GIVEN texts without a common line THEN the diff still ends soon', () => {
    const text = (sign: string) => Array.from({ length: 20_000 }, (_, index) => `${sign}${index}`).join('\n');
    const [field] = diffValues({ a: text('a') }, { a: text('b') }).fields;
    expect(field?.text).toMatchObject({ added: 20_000, removed: 20_000, hunks: [] });
  });
});

describe('secrets are masked (PROVE-3)', () => {
  const hidden = (before: Json, after: Json): string => JSON.stringify(diffValues(before, after).fields);

  test.each([
    ['a value named as one', { password: 'old-1' }, { password: 'new-1' }],
    ['a new one', {}, { clientSecret: 'new-1' }],
    ['one in a new part', {}, { database: { host: 'db', dbPassword: 'new-1' } }],
    ['a variable', { env: [{ name: 'API_TOKEN', value: 'old-1' }] }, { env: [{ name: 'API_TOKEN', value: 'new-1' }] }],
    ['a new variable', { env: [] }, { env: [{ name: 'API_TOKEN', value: 'new-1' }] }],
    ['a line of a text', { 'a.conf': 'user=x\npassword=old-1\n' }, { 'a.conf': 'user=x\npassword=new-1\n' }],
    ['a line of JSON', { 'a.json': '{"token": "old-1"}\n' }, { 'a.json': '{"token": "new-1"}\n' }],
    ['many lines', { privateKey: 'old-1\nx\n' }, { privateKey: 'new-1\nx\n' }],
  ])('%s', (_, before, after) => {
    const fields = hidden(before as Json, after as Json);
    expect(fields).not.toContain('new-1');
    expect(fields).not.toContain('old-1');
    expect(fields).not.toBe('[]');
  });

  test('what only points to a secret is shown', () => {
    expect(told({ secretName: 'a' }, { secretName: 'b' })).toEqual(['secretName changed "a" -> "b"']);
    expect(told({ httpTokens: 'optional' }, { httpTokens: 'required' })).toHaveLength(1);
  });
});

const scalar = fc.oneof(fc.constantFrom('a', 'b', '1', '1000m', '1Gi'), fc.integer({ min: 0, max: 3 }), fc.boolean());
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json; map: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 4 }), tie('map')),
  map: fc.dictionary(
    fc.constantFrom('name', 'key', 'effect', 'requests', 'containers', 'taints', 'args', 'cpu', 'x', 'y'),
    tie('value'),
    { maxKeys: 4 },
  ),
})).value;

describe('properties of the diff (PROVE-3)', () => {
  test('a value does not differ from itself', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(diffValues(value, structuredClone(value))).toEqual({ fields: [], sameMeaning: 0 });
      }),
      { numRuns: 2000 },
    );
  });

  test('every leaf that differs is told: what is told makes the later value out of the earlier one', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const patched = applyFields(before, diffValues(before, after).fields);
        expect(meaning(patched)).toEqual(meaning(after));
      }),
      { numRuns: 5000 },
    );
  });

  test('the other way round as much is told, with added and removed exchanged', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const counts = (from: Json, to: Json, added: string) => {
          const { fields, sameMeaning } = diffValues(from, to);
          const of = (wanted: string) => fields.filter(({ action }) => action === wanted).length;
          return [of(added), of(added === 'added' ? 'removed' : 'added'), of('changed'), sameMeaning];
        };
        expect(counts(after, before, 'removed')).toEqual(counts(before, after, 'added'));
      }),
      { numRuns: 2000 },
    );
  });
});
