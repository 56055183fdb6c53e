import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { CHARTS } from '../../lib/catalog/charts.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { ATELIER, type Run, runHere } from '../fixtures/command-line.ts';
import { eksInput } from '../fixtures/environment.ts';
import { describeWithHelm, writeChart } from '../fixtures/helm.ts';

/** The fixture and what synth wrote of it: written once, copied for each test. */
const base = mkdtempSync(join(tmpdir(), 'atelier-test-base-'));
let folder = '';
let repository = '';
/** Where the program puts what is temporary; empty again when it has ended. */
let scratch = '';
beforeAll(async () => {
  const file = join(base, 'test.yaml');
  writeFileSync(file, textOf({}));
  expect(await runHere(base, ['synth', file, '--out', base])).toMatchObject({ code: 0 });
  rmSync(file);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  repository = join(folder, 'repository');
  scratch = join(folder, 'scratch');
  mkdirSync(join(repository, 'stacks/environments'), { recursive: true });
  mkdirSync(scratch);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({
  TMPDIR: scratch,
  GITHUB_BASE_REF: '',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: '',
});

const atelier = (...words: readonly string[]): Promise<Run> => runHere(repository, words, environment());

function git(...words: readonly string[]): string {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...words], { cwd: repository, encoding: 'utf8' }).trim();
}

const textOf = (change: Partial<EnvironmentInput>, name = 'test'): string =>
  stringify({ ...eksInput(), name, ...change });

function write(change: Partial<EnvironmentInput>, name = 'test'): void {
  writeFileSync(join(repository, `stacks/environments/${name}.yaml`), textOf(change, name));
}

/** The fixture, and in `dist` what synth writes of it. */
function writeBase(): void {
  write({});
  cpSync(base, join(repository, 'dist'), { recursive: true });
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

/** A repository whose only commit holds the fixture. */
function startRepository(): void {
  git('init', '--quiet', '--initial-branch', 'main');
  write({});
  commit('first');
}

const longer = { monitoring: { retention: '20d' } };

describe('atelier preview against a git ref (PROVE-3)', () => {
  test('GIVEN a branch THEN it is compared with where it left main, uncommitted changes included', async () => {
    startRepository();
    git('checkout', '--quiet', '-b', 'topic');
    write(longer);
    const run = await atelier('preview', '--format', 'json');
    expect(run.stderr).toBe('');
    const report = JSON.parse(run.stdout) as {
      base: { name: string; notes: string[] };
      environments: { changes: { name: string }[] }[];
    };
    expect(run.code).toBe(0);
    expect(report.base.name).toBe(`${git('rev-parse', 'main').slice(0, 9)} (where this branch left main)`);
    expect(report.base.notes).toEqual(['1 file is not committed here; what they change is part of the preview.']);
    expect(report.environments[0]?.changes.map(({ name }) => name)).toEqual([
      'Helm release monitoring/kube-prometheus-stack',
    ]);
    expect(git('status', '--porcelain')).toBe('M stacks/environments/test.yaml');
    expect(readdirSync(scratch)).toEqual([]);
  });

  test('GIVEN nothing that changed THEN it says that nothing can differ', async () => {
    startRepository();
    const run = await atelier('preview', 'test');
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toContain('nothing is uncommitted: nothing can differ');
    expect(run.stdout).toContain('no change');
  });

  test('GIVEN environments that come and go THEN one is new and the other is removed', async () => {
    startRepository();
    write({ cluster: { ...eksInput().cluster, name: 'other' } as EnvironmentInput['cluster'] }, 'fresh');
    rmSync(join(repository, 'stacks/environments/test.yaml'));
    const run = await atelier('preview', '--base', 'HEAD');
    expect(run.stdout).toContain('has no environment "fresh": everything is new.');
    expect(run.stdout).toMatch(/^test against HEAD .*dangerous, \d+ removed/m);
    expect(run.stdout).toContain('Its file is no longer there. Atelier deletes nothing');
  });

  test('GIVEN a file that has become YAML from JSON THEN it is the same environment', async () => {
    startRepository();
    rmSync(join(repository, 'stacks/environments/test.yaml'));
    writeFileSync(join(repository, 'stacks/environments/test.json'), JSON.stringify({ ...eksInput(), name: 'test' }));
    const run = await atelier('preview', 'test', '--base', 'HEAD');
    expect(run.stdout).toMatch(/^test against HEAD .*: no change$/m);
  });

  test('GIVEN a base that does not synthesize THEN its problems are shown, and nothing is compared unless asked', async () => {
    startRepository();
    write({ storage: 4 as unknown as EnvironmentInput['storage'] });
    commit('broken');
    write({});
    const run = await atelier('preview', 'test', '--base', 'HEAD');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /The base, HEAD \(\w{9}\), does not synthesize:\nerror stacks\/environments\/test\.yaml:\d+:\d+ storage: 4 is not a map/,
    );
    expect(run.stderr).toContain('--without-base');
    expect(readdirSync(scratch)).toEqual([]);
    expect(await atelier('preview', 'test', '--without-base')).toMatchObject({ code: 0, stderr: '' });
    const both = await atelier('preview', 'test', '--base', 'HEAD', '--without-base');
    expect(both).toMatchObject({ code: 2, stdout: '' });
  });

  test('GIVEN a ref that does not exist THEN it says what was meant', async () => {
    startRepository();
    const run = await atelier('preview', 'test', '--base', 'mains');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(
      '--base mains: neither a folder nor a commit, branch or tag of this repository. Did you mean "main"?',
    );
    expect(await atelier('preview', 'test', '--base', '--upload-pack=x')).toMatchObject({ code: 2, stdout: '' });
  });

  test('GIVEN no repository THEN it says what can be compared with instead', async () => {
    write({});
    const run = await atelier('preview', 'test');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('This is no git working copy');
  });

  test('GIVEN somebody who stops it THEN nothing is left behind', async () => {
    startRepository();
    const child = spawn(process.execPath, [ATELIER, 'preview', 'test', '--base', 'HEAD'], {
      cwd: repository,
      env: { ...process.env, ...environment() },
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    for (let wait = 0; wait < 3000 && readdirSync(scratch).length === 0; wait += 1) await setTimeout(10);
    expect(readdirSync(scratch)).not.toEqual([]);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(readdirSync(scratch)).toEqual([]);
    expect(git('status', '--porcelain')).toBe('');
  });
});

describe('atelier preview against a folder (PROVE-3)', () => {
  test('GIVEN dist, or one environment in it, THEN it is compared with what was written', async () => {
    writeBase();
    write(longer);
    for (const base of ['dist', 'dist/test']) {
      const run = await atelier('preview', 'test', '--base', base);
      expect(run.code).toBe(0);
      expect(run.stdout).toContain(`test against folder ${base}: needs care, 1 changed`);
      expect(run.stdout).toMatch(/retention: 240h → 480h/);
    }
  });

  test('GIVEN letters beyond ASCII THEN they come through every format', async () => {
    writeBase();
    write({ policies: { contact: 'Plattform-Größe 大' } });
    for (const format of ['human', 'markdown', 'json', 'sarif']) {
      const run = await atelier('preview', 'test', '--base', 'dist', '--format', format);
      expect(run.code).toBe(0);
      expect(run.stdout).toContain(format === 'sarif' ? 'policy' : 'Größe 大');
    }
  });

  test('--fail-on exits with 1 from that risk on', async () => {
    writeBase();
    write(longer);
    expect(await atelier('preview', 'test', '--base', 'dist', '--fail-on', 'care')).toMatchObject({ code: 1 });
    expect(await atelier('preview', 'test', '--base', 'dist', '--fail-on', 'disruptive')).toMatchObject({ code: 0 });
    expect(await atelier('preview', 'test', '--base', 'dist', '--fail-on', 'panic')).toMatchObject({ code: 2 });
  });

  test('GIVEN parts that no longer fit THEN it still says what would happen, and the exit code is 1', async () => {
    writeBase();
    const [small, gpu] = eksInput().sessionProfiles;
    write({ sessionProfiles: [small, { ...gpu, cpu: { request: 30 } }] as EnvironmentInput['sessionProfiles'] });
    const run = await atelier('preview', 'test', '--base', 'dist');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('(NODE002)');
    expect(run.stdout).toMatch(/disruptive +profile gpu: no longer fits any node of pool "gpu"/);
  });

  test('GIVEN an environment that cannot be understood THEN its problems come, and no preview', async () => {
    writeBase();
    write({ storage: 4 as unknown as EnvironmentInput['storage'] });
    const run = await atelier('preview', 'test', '--base', 'dist');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('storage: 4 is not a map. Its keys: ');
  });

  test('GIVEN a folder that is not ours, or was spoiled, THEN it is refused by name', async () => {
    write({});
    mkdirSync(join(repository, 'other'));
    expect((await atelier('preview', 'test', '--base', 'other')).stderr).toContain(
      'neither this folder nor one in it was written by "atelier synth"',
    );
    writeBase();
    const index = JSON.parse(readFileSync(join(repository, 'dist/test/index.json'), 'utf8')) as {
      objects: { file: string }[];
    };
    rmSync(join(repository, 'dist/test', index.objects[0]?.file ?? ''));
    const run = await atelier('preview', 'test', '--base', 'dist');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('is named by index.json and missing');
  });
});

describe('bad input of atelier preview (PROVE-3)', () => {
  const rewrite = (file: string, change: (text: string) => string): void =>
    writeFileSync(join(repository, file), change(readFileSync(join(repository, file), 'utf8')));

  test('GIVEN Windows line ends in environment and base THEN nothing differs', async () => {
    writeBase();
    const files = JSON.parse(readFileSync(join(repository, 'dist/test/index.json'), 'utf8')) as {
      objects: { file: string }[];
    };
    for (const file of ['stacks/environments/test.yaml', ...files.objects.map((each) => `dist/test/${each.file}`)]) {
      rewrite(file, (text) => text.replaceAll('\n', '\r\n'));
    }
    const run = await atelier('preview', 'test', '--base', 'dist');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('test against folder dist: no change');
  });

  test('GIVEN YAML that is not ours, as environment or in the base, THEN it is refused by name', async () => {
    writeBase();
    const files = JSON.parse(readFileSync(join(repository, 'dist/test/index.json'), 'utf8')) as {
      objects: { file: string }[];
    };
    const [first] = files.objects;
    rewrite(`dist/test/${first?.file}`, () => 'a: 1\n---\nb: 2\n');
    const spoiled = await atelier('preview', 'test', '--base', 'dist');
    expect(spoiled).toMatchObject({ code: 2, stdout: '' });
    expect(spoiled.stderr).toMatch(/does not hold one map\. Only a folder as "atelier synth" wrote it/);
    rewrite('stacks/environments/test.yaml', () => 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n');
    const foreign = await atelier('preview', 'test', '--base', 'dist');
    expect(foreign).toMatchObject({ code: 2, stdout: '' });
    expect(foreign.stderr).toContain('apiVersion');
  });

  test('GIVEN a very large change THEN the comment keeps its limit', async () => {
    writeBase();
    const children = Array.from({ length: 400 }, (_, index) => ({ name: `team-${index}`, quota: { cpu: 1, pods: 2 } }));
    write({ tenants: children, workbench: { ...eksInput().workbench, env: { NOTE: 'x'.repeat(100_000) } } });
    const run = await atelier('preview', 'test', '--base', 'dist', '--format', 'markdown');
    expect(run.stderr).not.toContain('mistake of Atelier');
    expect(run.stdout.length).toBeGreaterThan(1000);
    expect(run.stdout.length).toBeLessThan(65_536);
  });
});

describeWithHelm('atelier preview --render-charts (PROVE-3)', (path) => {
  test('GIVEN values that change THEN the objects that the chart renders are compared, and marked with their release', async () => {
    const charts = join(folder, 'charts');
    mkdirSync(charts);
    write({ policies: { replicas: 1 } });
    await atelier('synth', '--out', 'dist');
    write({ policies: { replicas: 3 } });
    const variables = { ...environment(), PATH: path, XDG_CACHE_HOME: join(folder, 'cache') };
    const preview = (...words: readonly string[]): Promise<Run> =>
      runHere(repository, ['preview', 'test', '--base', 'dist', '--render-charts', ...words], variables);
    expect(await preview('nowhere')).toMatchObject({ code: 2, stdout: '' });
    writeChart(charts, CHARTS.kyverno);
    const run = await preview(charts);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/~ Deployment kyverno\/kyverno-web \(of Helm release kyverno\/kyverno\)/);
    expect(run.stdout).toMatch(/spec\.replicas: 1 → 3/);
    expect(run.stdout).not.toContain('ClusterRole');
    const json = await preview(charts, '--format', 'json');
    const report = JSON.parse(json.stdout) as {
      environments: {
        changes: { name: string; origin: { release?: string } }[];
        consequences: { about: string[] }[];
      }[];
    };
    const change = report.environments[0]?.changes.find(({ name }) => name === 'Deployment kyverno/kyverno-web');
    expect(change?.origin.release).toBe('kyverno/kyverno');
    const without = await atelier('preview', 'test', '--base', 'dist');
    expect(without.stdout).not.toContain('kyverno-web');
    const alone = await runHere(repository, ['preview', 'test', '--base', 'dist', '--render-charts', folder], {
      ...variables,
      PATH: folder,
    });
    expect(alone).toMatchObject({ code: 2, stdout: '' });
    expect(alone.stderr).toContain('none is on the PATH');
  });
});
