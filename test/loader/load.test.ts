import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { InvalidEnvironmentError, type Problem } from '../../lib/core/problem.ts';
import { locate } from '../../lib/core/source.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput } from '../fixtures/environment.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function problemsOf(path: string): Promise<readonly Problem[]> {
  const error: unknown = await loadEnvironment(path).catch((reason: unknown) => reason);
  if (error instanceof InvalidEnvironmentError) return error.problems;
  throw new Error(`Loaded, but should not have: ${String(error)}`);
}

describe('an environment may be TypeScript, YAML or JSON', () => {
  test('the three forms of one environment give the same Bundle', async () => {
    const paths = [
      write('a.yaml', stringify(eksInput())),
      write('a.json', JSON.stringify(eksInput())),
      write(
        'a.ts',
        `import { defineEnvironment } from 'atelier';\nexport default defineEnvironment(${JSON.stringify(eksInput())});\n`,
      ),
    ];
    const bundles = await Promise.all(
      paths.map(async (path) => {
        const synthesis = synthesize((await loadEnvironment(path)).input);
        if (synthesis.kind === 'invalid') throw new Error(`${path} is invalid`);
        return synthesis.bundle.objects.map(({ manifest }) => manifest);
      }),
    );
    expect(bundles[1]).toEqual(bundles[0]);
    expect(bundles[2]).toEqual(bundles[0]);
  });

  test('GIVEN YAML THEN every value knows its line and column', async () => {
    const path = write(
      'a.yaml',
      'name: x\nnodePools:\n  - name: gpu\n    taints:\n      - { key: a, effect: NoSchedul }\n',
    );
    const { input } = await loadEnvironment(path);
    expect(locate(input, ['nodePools', 0, 'taints', 0, 'effect'])).toEqual({ file: path, line: 5, column: 19 });
  });

  test('GIVEN TypeScript with shared parts THEN each item knows the line that made it, in its own file', async () => {
    write(
      'shared/pools.ts',
      "import { nodePool } from 'atelier';\n\nexport const cpu = nodePool({\n  name: 'cpu',\n} as never);\n",
    );
    const path = write(
      'a.ts',
      "import { defineEnvironment, nodePool } from 'atelier';\nimport { cpu } from './shared/pools.ts';\ninterface Unused { readonly a: string }\nexport default defineEnvironment({\n  nodePools: [\n    cpu,\n    nodePool({ name: 'gpu' } as never),\n  ],\n} as never);\n",
    );
    const { input } = await loadEnvironment(path);
    expect(locate(input, ['nodePools', 0])).toMatchObject({ file: join(folder, 'shared/pools.ts'), line: 3 });
    expect(locate(input, ['nodePools', 1])).toMatchObject({ file: path, line: 7 });
    expect(locate(input, ['cluster'])).toMatchObject({ file: path, line: 4 });
  });

  test('GIVEN packages beside it, ES modules or CommonJS THEN TypeScript may import them', async () => {
    const packages = {
      modern: {
        'package.json': '{ "name": "modern", "type": "module", "exports": "./index.js" }',
        'index.js':
          "import { createRequire } from 'node:module';\nconst { sep } = createRequire(import.meta.url)('node:path');\nexport const separator = sep;\n",
      },
      classic: {
        'package.json': '{ "name": "classic", "main": "index.js" }',
        'index.js': "exports.newline = require('os').EOL;\n",
      },
    };
    for (const [name, files] of Object.entries(packages)) {
      for (const [file, content] of Object.entries(files)) write(`node_modules/${name}/${file}`, content);
    }
    const path = write(
      'a.ts',
      "import { separator } from 'modern';\nimport { newline } from 'classic';\nexport default { separator, newline };\n",
    );
    expect((await loadEnvironment(path)).input).toEqual({ separator: '/', newline: '\n' });
  });

  test('GIVEN JavaScript in CommonJS THEN what it exports is the environment', async () => {
    const path = write('a.js', "module.exports = { name: require('node:path').basename('x/classic') };\n");
    expect((await loadEnvironment(path)).input).toEqual({ name: 'classic' });
  });

  test('GIVEN a folder whose name URLs would write otherwise THEN lines are known all the same', async () => {
    const path = write(
      'my platform/a.ts',
      "import { defineEnvironment } from 'atelier';\nexport default defineEnvironment({} as never);\n",
    );
    expect(locate((await loadEnvironment(path)).input, [])).toEqual({ file: path, line: 2, column: 16 });
  });

  test('GIVEN tenants in a file THEN they are read and know their own lines', async () => {
    write('tenants/x.yaml', '# people\n- name: research\n  children:\n    - name: vision\n');
    const path = write('a.yaml', 'name: x\ntenants: { file: tenants/x.yaml }\n');
    const { input } = await loadEnvironment(path);
    expect(locate(input, ['tenants', 0, 'children', 0, 'name'])).toMatchObject({
      file: join(folder, 'tenants/x.yaml'),
      line: 4,
    });
  });
});

describe('what cannot be read is said with place and remedy', () => {
  test('ENV010 YAML that is no YAML, and keys that stand twice', async () => {
    const [syntax] = await problemsOf(write('a.yaml', 'name: [x\ncluster: y\n'));
    expect(syntax).toMatchObject({ code: 'ENV010', source: { line: 2 }, hint: expect.stringContaining('"]"') });
    const [twice] = await problemsOf(write('b.yaml', 'name: x\nname: y\n'));
    expect(twice).toMatchObject({ source: { line: 2 }, message: 'the key "name" stands twice in one map.' });
  });

  test('ENV010 aliases, whose line would answer for several places', async () => {
    const problems = await problemsOf(write('a.yaml', 'a: &x { b: 1 }\nc: *x\nd: [*x]\n'));
    expect(problems).toMatchObject([
      { code: 'ENV010', source: { line: 2 } },
      { code: 'ENV010', source: { line: 3 } },
    ]);
  });

  test('ENV010 a tab is named, and not what the parser makes of the lines around it', async () => {
    const problems = await problemsOf(write('a.yaml', 'nodePools:\n\t- name: cpu\n\t  role: general\n'));
    expect(problems.map(({ message }) => message)).toContain('a tab indents this line, which YAML does not allow.');
    expect(problems[0]?.hint).toBe('Use spaces.');
    expect(problems.every(({ message }) => message.startsWith('a tab'))).toBe(true);
  });

  test('ENV010 a second document, and a key without its colon, are said in words of an environment', async () => {
    const [second, ...others] = await problemsOf(write('a.yaml', 'name: x\n---\nname: y\n'));
    expect(others).toEqual([]);
    expect(second?.message).toBe('a second document begins here, and an environment is one.');
    const problems = await problemsOf(write('b.yaml', 'version: 1\nregistry\n  kind: other\n  host: x\n'));
    const lines = problems.map(({ source }) => source?.line);
    expect(lines).toEqual([...new Set(lines)].sort());
    expect(problems[0]).toMatchObject({ source: { line: 2 }, hint: expect.stringContaining('":" after the key') });
  });

  test('ENV011 TypeScript that cannot be compiled', async () => {
    const [problem] = await problemsOf(write('a.ts', 'export default {\n  name: \n};\n'));
    expect(problem).toMatchObject({ code: 'ENV011', source: { line: 3 } });
    const [unknown] = await problemsOf(write('b.ts', "import { nodePol } from 'atelier';\nexport default nodePol;\n"));
    expect(unknown?.code).toBe('ENV011');
  });

  test('ENV011 TypeScript that waits outside of functions: an environment says what it is at once', async () => {
    const path = write('a.ts', "const name = 'x';\nexport default { name: await Promise.resolve(name) };\n");
    expect((await problemsOf(path))[0]).toMatchObject({
      code: 'ENV011',
      source: { line: 2 },
      hint: expect.stringContaining('readFileSync'),
    });
  });

  test('ENV012 a file that throws, or exports no environment', async () => {
    const [thrown] = await problemsOf(write('a.ts', "throw new Error('no vault');\n"));
    expect(thrown).toMatchObject({
      code: 'ENV012',
      message: 'failed while it was evaluated: no vault.',
      source: { file: expect.stringMatching(/a\.ts$/), line: 1, column: 7 },
    });
    const vault = `export function need(list: string[]): string {\n  if (!list.length) throw new Error('empty');\n  return '';\n}\n`;
    write('vault.ts', vault);
    const [imported] = await problemsOf(
      write('e.ts', "import { need } from './vault.ts';\nexport default need([]);\n"),
    );
    expect(imported?.source).toMatchObject({ file: expect.stringMatching(/vault\.ts$/), line: 2 });
    expect((await problemsOf(write('f.ts', "throw 'a text';\n")))[0]?.source).toBeUndefined();
    expect((await problemsOf(write('b.ts', 'export const x = 1;\n')))[0]?.code).toBe('ENV012');
    expect((await problemsOf(write('c.yaml', '')))[0]?.code).toBe('ENV012');
    expect((await problemsOf(write('d.json', '[1]')))[0]?.code).toBe('ENV012');
  });

  test('ENV013 no such environment, ENV014 no such list', async () => {
    expect((await problemsOf('prdo'))[0]).toMatchObject({ code: 'ENV013', path: 'prdo' });
    expect((await problemsOf(write('a.txt', 'x')))[0]?.code).toBe('ENV013');
    const [missing] = await problemsOf(write('a.yaml', 'name: x\ntenants: { file: nobody.yaml }\n'));
    expect(missing).toMatchObject({ code: 'ENV014', source: { line: 2 } });
  });

  test('GIVEN a tenants that is not as it should be THEN it is refused where it stands, not passed over', async () => {
    write('tenants/x.yaml', '- name: research\n');
    write('tenants/empty.yaml', '# nobody yet\n');
    write('tenants/map.yaml', 'tenants:\n  - name: research\n');
    const said = async (text: string): Promise<string> => {
      const [problem, ...others] = await problemsOf(write('a.yaml', `name: x\ntenants: ${text}\n`));
      expect(others).toEqual([]);
      return `${problem?.code} ${problem?.path}: ${problem?.message} ${problem?.hint}`;
    };
    expect(await said('tenants/x.yaml')).toBe(
      'ENV003 tenants: "tenants/x.yaml" is neither a list nor a map. Write { file: "tenants/x.yaml" }.',
    );
    expect(await said('{ fiel: tenants/x.yaml }')).toBe(
      'ENV001 tenants.fiel: "fiel" is not a known key here. Did you mean "file"?',
    );
    expect(await said('{ file: tenants/x.yaml, path: x }')).toMatch(/^ENV001 tenants\.path: /);
    expect(await said('{ file: 3 }')).toBe(
      'ENV003 tenants.file: 3 is not the path of a file. For example "tenants/prod.yaml".',
    );
    expect(await said('{ file: tenants }')).toMatch(/^ENV014 tenants\.file: "tenants" is no file/);
    expect(await said('{ file: tenants/empty.yaml }')).toMatch(/^ENV003 \S+\/tenants\/empty\.yaml: is empty; /);
    expect(await said('{ file: tenants/map.yaml }')).toMatch(/^ENV003 \S+\/tenants\/map\.yaml: holds no list; /);
  });

  test('ENV013 a folder, and a file that cannot be read, are problems of that environment alone', async () => {
    expect((await problemsOf(folder))[0]).toMatchObject({
      code: 'ENV013',
      message: 'is a folder, and an environment is a file.',
    });
    const unreadable = join(folder, 'a.yaml');
    // Permissions do not stop root, in whose name tests often run; nobody can read this one, where there is one.
    symlinkSync(existsSync('/proc/self/mem') ? '/proc/self/mem' : '/dev/null', unreadable);
    const [problem] = await problemsOf(unreadable);
    expect(['ENV013', 'ENV012']).toContain(problem?.code);
    if (existsSync('/proc/self/mem')) expect(problem?.message).toMatch(/^cannot be read: /);
  });

  test('GIVEN JSON that names its schema for editors THEN that is no unknown key', async () => {
    const path = write('a.json', JSON.stringify({ $schema: 'environment.schema.json', ...eksInput() }));
    expect(synthesize((await loadEnvironment(path)).input).kind).toBe('accepted');
  });

  test('a key called __proto__ is refused like any unknown key', async () => {
    const { input } = await loadEnvironment(write('a.yaml', '__proto__: { name: x }\n'));
    const synthesis = synthesize(input);
    expect(synthesis.kind === 'invalid' && synthesis.problems.map(({ code }) => code)).toContain('ENV001');
  });
});

describe('environments of stacks/environments', () => {
  const before = process.cwd();
  beforeEach(() => process.chdir(folder));
  afterEach(() => process.chdir(before));

  test('GIVEN a copy that kept the name of its model WHEN it is loaded by name THEN line and remedy are said', async () => {
    write('stacks/environments/mine.yaml', 'version: 1\nname: dev\n');
    expect(await problemsOf('mine')).toMatchObject([
      {
        code: 'ENV016',
        path: 'name',
        source: { line: 2 },
        message: expect.stringContaining('"mine"'),
        hint: expect.stringContaining('Rename'),
      },
    ]);
    write('stacks/environments/mine.yaml', 'version: 1\nname: mine\n');
    expect((await loadEnvironment('mine')).input).toMatchObject({ name: 'mine' });
  });

  test('GIVEN a file anywhere WHEN it is loaded by its path THEN it may be called as it likes', async () => {
    const path = write('elsewhere/review.yaml', 'version: 1\nname: dev\n');
    expect((await loadEnvironment(path)).input).toMatchObject({ name: 'dev' });
  });
});
