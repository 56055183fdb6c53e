import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Preview, previewContents } from '../../lib/preview/preview.ts';
import { humanReport, type Paint } from '../../lib/preview/report/human.ts';
import { jsonReport } from '../../lib/preview/report/json.ts';
import { LONGEST_COMMENT, markdownReport, STICKY_MARK } from '../../lib/preview/report/markdown.ts';
import { sarifReport } from '../../lib/preview/report/sarif.ts';
import { contentsOf, object } from './contents.ts';

const base = { name: 'main', notes: [] };
const PLAIN: Paint = {
  risk: (_, text) => text,
  heading: (text) => text,
  dim: (text) => text,
  added: (text) => text,
  removed: (text) => text,
};

/** A preview of many objects that all change in a way of their own. */
function large(objects: number, lines: number): Preview {
  const map = (mark: string) =>
    Array.from({ length: objects }, (_, index) =>
      object(
        index % 3 === 0 ? 'apps/Deployment' : 'ConfigMap',
        {
          spec: { template: { mark } },
          data: { text: `${index}\n`.repeat(5) + `${mark} ${index} \`\`\`\n`.repeat(lines) },
        },
        `object-${index}`,
        'ns',
      ),
    );
  return previewContents(contentsOf(...map('old')), contentsOf(...map('new')));
}

/** Every folded part and every fence that is opened is closed, in the right order. */
function expectWhole(markdown: string): void {
  let fence = '';
  let depth = 0;
  for (const line of markdown.split('\n')) {
    const ticks = /^(`{3,})/.exec(line)?.[1];
    if (fence !== '') {
      // As Markdown reads it: up to three spaces before, at least as long.
      if (/^ {0,3}`+$/.test(line) && line.trim().length >= fence.length) fence = '';
      continue;
    }
    if (ticks !== undefined) fence = ticks;
    depth += [...line.matchAll(/<details>/g)].length - [...line.matchAll(/<\/details>/g)].length;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(fence).toBe('');
  expect(depth).toBe(0);
}

describe('the comment on a pull request (PROVE-3)', () => {
  test.each([
    [1, 1],
    [3, 5000],
    [500, 3],
    [5000, 2],
  ])('GIVEN %i objects with %i changed lines THEN it fits and nothing is cut in the middle', (objects, lines) => {
    const preview = large(objects, lines);
    const report = markdownReport({ base, previews: [preview, preview, preview] });
    expect(report.length).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(report.startsWith(STICKY_MARK)).toBe(true);
    expectWhole(report);
    if (objects >= 500) expect(report).toMatch(/Left out for lack of room: .*\d+ /);
  });

  test('GIVEN any limit THEN the report keeps it, whole, what happens before what changes', () => {
    const preview = large(60, 20);
    fc.assert(
      fc.property(fc.integer({ min: 1500, max: LONGEST_COMMENT }), (limit) => {
        const report = markdownReport({ base, previews: [preview] }, limit);
        expect(report.length).toBeLessThanOrEqual(limit);
        expectWhole(report);
        if (report.includes('<details>')) expect(report).toContain('its pods are replaced');
      }),
      { numRuns: 100 },
    );
  });

  test('GIVEN hundreds of environments THEN those without room are in the table', () => {
    const previews = Array.from({ length: 300 }, (_, index) => ({ ...large(2, 1), environment: `env-${index}` }));
    const report = markdownReport({ base, previews });
    expect(report.length).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(report).toContain('| env-299 |');
    expect(report).toMatch(/\d+ more environments: see the table above/);
  });

  test('names cannot mention people, close a folded part, or end a fence', () => {
    const evil = '</details> @everyone #1 `x` | ![](http://x)';
    const preview = previewContents(
      contentsOf(object('ConfigMap', { data: { a: 'x' } }, evil, 'ns')),
      contentsOf(object('ConfigMap', { data: { a: 'x\n```\n</details>\n' } }, evil, 'ns')),
    );
    const report = markdownReport({ base: { name: evil, notes: [evil] }, previews: [preview] });
    expectWhole(report);
    const outside = report.replaceAll(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/@everyone|(?<!&)#1|!\[\]\(/);
  });

  test('a fence in the lines around a change does not end the block', () => {
    const text = (last: string) => object('ConfigMap', { data: { a: `a\n\`\`\`\n${last}\n` } }, 'x', 'ns');
    const preview = previewContents(contentsOf(text('b')), contentsOf(text('c')));
    const report = markdownReport({ base, previews: [preview] });
    expectWhole(report);
    expect(report).toContain('\n````diff\n');
  });

  test('a change of many objects alike is told once', () => {
    const objects = (value: string) =>
      Array.from({ length: 40 }, (_, index) =>
        object('ConfigMap', { data: { a: value, index: `${index}` } }, `c-${index}`, 'ns'),
      );
    const preview = previewContents(contentsOf(...objects('1')), contentsOf(...objects('2')));
    const report = markdownReport({ base, previews: [preview] });
    expect(report).toContain('Changed 40: <b>ConfigMap ns/c-0');
    expect([...report.matchAll(/<details>/g)]).toHaveLength(1);
  });
});

describe('the report at a terminal (PROVE-3)', () => {
  test('says the verdict first, and every field with both values', () => {
    const preview = previewContents(
      contentsOf(object('ConfigMap', { data: { a: '1' } }, 'x', 'ns')),
      contentsOf(object('ConfigMap', { data: { a: '2' } }, 'x', 'ns'), object('Namespace', {}, 'fresh')),
    );
    const report = humanReport({ base, previews: [preview] }, PLAIN);
    expect(report.split('\n')[0]).toBe('test against main: needs care, 1 changed, 1 added');
    expect(report).toContain('data.a: 1 → 2');
    expect(report).toContain('+ Namespace fresh  safe');
  });

  test('GIVEN values that are only written differently THEN they are counted', () => {
    const quota = (cpu: string) => object('ResourceQuota', { spec: { hard: { 'requests.cpu': cpu } } }, 'x', 'ns');
    const preview = previewContents(contentsOf(quota('1')), contentsOf(quota('1000m')));
    const report = humanReport({ base, previews: [preview] }, PLAIN);
    expect(report).toContain('no change');
    expect(report).toContain('1 value is written differently with the same meaning');
  });
});

describe('reports for programs (PROVE-3)', () => {
  const preview = previewContents(
    contentsOf(object('ConfigMap', { data: { a: '1' } }, 'x', 'ns'), object('Namespace', {}, 'ns')),
    contentsOf(object('ConfigMap', { data: { a: '2' } }, 'x', 'ns')),
    { locate: () => ({ file: 'stacks/environments/a b.ts', line: 3, column: 5 }) },
  );

  test('JSON holds every change with path and values', () => {
    const report = JSON.parse(jsonReport({ base, previews: [preview] })) as {
      format: number;
      risk: string;
      environments: readonly { changes: readonly { name: string; fields: readonly object[] }[] }[];
    };
    expect(report).toMatchObject({ format: 1, risk: 'dangerous' });
    expect(report.environments[0]?.changes.map(({ name, fields }) => [name, fields])).toEqual([
      ['ConfigMap ns/x', [{ path: 'data.a', action: 'changed', before: '1', after: '2' }]],
      ['Namespace ns', []],
    ]);
  });

  test('SARIF has a result for each consequence, with level, rule and place', () => {
    const log = JSON.parse(sarifReport({ base, previews: [preview] })) as {
      runs: [{ tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }];
    };
    const [run] = log.runs;
    const ids = run.tool.driver.rules.map(({ id }) => id);
    expect(run.results).toMatchObject([
      {
        ruleId: 'removed-object',
        level: 'error',
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'stacks/environments/a%20b.ts' }, region: { startLine: 3 } } },
        ],
      },
    ]);
    for (const { ruleId } of run.results) expect(ids).toContain(ruleId);
  });

  test('two runs say the same, byte for byte', () => {
    expect(jsonReport({ base, previews: [large(20, 3)] })).toBe(jsonReport({ base, previews: [large(20, 3)] }));
  });
});
