import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rulePages, withTables } from '../lib/checks/page.ts';
import { REFERENCE_CODES, SHAPE_CODES } from '../lib/checks/problem-codes.ts';
import { packageRoot, readAsset } from '../lib/core/asset.ts';
import { renderView } from '../lib/graph/pictures.ts';
import { loadEnvironment } from '../lib/loader/load.ts';
import { optionTable } from '../lib/model/option-table.ts';
import { synthesize } from '../stacks/synth.ts';

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** As golden files: `npm run docs` writes what the code says. */
const update = process.env.DOCS === 'update';

/** The file as it stands, or after it was written anew. */
function current(path: string, content: string): string {
  const file = join(packageRoot, path);
  if (update) writeFileSync(file, content);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

describe('docs/rules is generated from the code', () => {
  test.each(rulePages().map(({ path, content }) => [path, content] as const))('%s is current', (path, content) => {
    expect(current(path, content), 'run npm run docs').toBe(content);
  });

  test('there is no page of a rule that does not exist', () => {
    const pages = rulePages().map(({ path }) => path);
    const files = readdirSync(join(packageRoot, 'docs/rules')).map((name) => `docs/rules/${name}`);
    const stale = files.filter((file) => !pages.includes(file));
    if (update) for (const file of stale) rmSync(join(packageRoot, file));
    else expect(stale).toEqual([]);
  });
});

describe('docs/architecture.md is true', () => {
  /** `core, catalog` of the column, or of the linter's list. */
  const rooms = (text: string): readonly string[] => (text.match(/[a-z]+/g) ?? []).filter((word) => word !== 'nothing');

  test('GIVEN the rooms of lib WHEN their row is read THEN they may import what the linter lets them', () => {
    const lint = readAsset('.dependency-cruiser.js');
    const domains = rooms(/const DOMAINS = \[([^\]]*)\]/.exec(lint)?.[1] ?? '');
    const allowed = [...lint.matchAll(/only\(('[a-z]+'|domain), \[([^\]]*)\]\)/g)].flatMap(([, room = '', list = '']) =>
      (room === 'domain' ? domains : rooms(room)).map((each) => [each, rooms(list)] as const),
    );
    const rows = [
      ...readAsset('docs/architecture.md').matchAll(/^\| `lib\/(\{[^}]*\}|[a-z]+)\/` \|.*\| ([^|]+) \|$/gm),
    ];
    const stated = rows
      .filter(([, room]) => room !== 'cli')
      .flatMap(([, room = '', list = '']) => rooms(room).map((each) => [each, rooms(list)] as const));
    expect(allowed.length).toBeGreaterThan(domains.length);
    expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(allowed));
  });
});

describe('docs/check.md is true', () => {
  test('its tables are those of the code', () => {
    const text = readAsset('docs/check.md');
    expect(text.match(/<!-- table: (?:shape|references|rules) -->/g)).toHaveLength(3);
    expect(current('docs/check.md', withTables(text)), 'run npm run docs').toBe(withTables(text));
  });

  test('every code that the program reports is explained, and no other', () => {
    const code = /'((?:ENV|REF)\d{3})'/g;
    const files = sourceFiles('lib').filter((file) => !file.endsWith('problem-codes.ts'));
    const used = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(code)].map(([, id]) => id));
    const explained = [...SHAPE_CODES, ...REFERENCE_CODES].map(({ id }) => id);
    expect([...new Set(used)].sort()).toEqual(explained.sort());
  });
});

describe('docs/cloud.md is true', () => {
  test('its table has every option of the schema, with its default', () => {
    const text = readAsset('docs/cloud.md');
    const made = text.replace(
      /(<!-- options: ([\w.]+) -->\n)[\s\S]*?(<!-- end -->)/,
      (_, open: string, path: string, close: string) => `${open}\n${optionTable(path)}\n${close}`,
    );
    expect(made).toContain('| `controlPlane.admins` | required |');
    expect(current('docs/cloud.md', made), 'run npm run docs').toBe(made);
  });
});

describe('README is true', () => {
  test('every command it names exists', () => {
    const scripts = (JSON.parse(readAsset('package.json')) as { scripts: Record<string, string> }).scripts;
    for (const [, script] of readAsset('README.md').matchAll(/npm run ([\w-]+)/g)) {
      expect(Object.keys(scripts)).toContain(script);
    }
  });
});

/** Anchor of a heading, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

describe('pages hold together', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(packageRoot, 'docs')).map((name) => `docs/${name}`),
  ];

  test.each(pages.filter((page) => page.endsWith('.md')))('%s links to pages and headings that exist', (page) => {
    for (const [, link = ''] of readAsset(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      expect(existsSync(join(packageRoot, target)), `${page}: ${link}`).toBe(true);
      if (anchor === undefined) continue;
      const anchors = [...readAsset(target).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
      expect(anchors, `${page}: ${link}`).toContain(anchor);
    }
  });
});

describe('docs/report.md is true', () => {
  test.each(['pools', 'day'] as const)('its picture of %s is what the code draws', async (view) => {
    const synthesis = synthesize((await loadEnvironment('prod')).input);
    if (synthesis.kind === 'invalid') throw new Error('prod is invalid');
    const picture = renderView(view, synthesis.bundle.platform, 'svg');
    expect(current(`docs/pictures/prod-${view}.svg`, picture), 'run npm run docs').toBe(picture);
  });
});
