import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { RULE_TEXTS } from '../../lib/checks/registry.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import { type Run, runProcess } from '../fixtures/command-line.ts';
import { eksInput } from '../fixtures/environment.ts';

const atelier = (...words: readonly string[]): Promise<Run> => runProcess(packageRoot, words);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function environmentFile(change: object = {}): string {
  const path = join(folder, 'environment.yaml');
  writeFileSync(path, stringify({ ...eksInput(), ...change }));
  return path;
}

describe('atelier synth', () => {
  test('writes an environment that somebody wrote in YAML, and says what it wrote on stdout', async () => {
    const run = await atelier('synth', environmentFile(), '--out', join(folder, 'out'));
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toMatch(/^environment +objects +releases/);
    expect(run.stdout).not.toContain('\u001b');
    const index = JSON.parse(readFileSync(join(folder, 'out/test/index.json'), 'utf8')) as {
      objects: { file: string }[];
    };
    for (const { file } of index.objects) expect(existsSync(join(folder, 'out/test', file))).toBe(true);
  });

  test('GIVEN a cloud that Pulumi makes THEN the next steps name the Secrets to make, and Pulumi rather than kubectl', async () => {
    const made = await atelier('synth', 'dev', '--out', join(folder, 'out'));
    expect(made.stderr).toMatch(/out\/dev\/secrets\.md'? lists what only you can make/);
    expect(made.stderr).toContain('pulumi up --stack dev');
    expect(made.stderr).not.toContain('kubectl');
    // Without a cloud the cluster exists, and anything may apply to it.
    const existing = await atelier('synth', environmentFile(), '--out', join(folder, 'out'));
    expect(existing.stderr).toContain('kubectl apply --server-side');
  });

  test('GIVEN parts that do not fit THEN nothing is written and the exit code is 1', async () => {
    const tenants = [{ name: 'greedy', quota: { gpus: 99 } }];
    const run = await atelier('synth', environmentFile({ tenants }), '--out', join(folder, 'out'));
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('(TEN003)');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('GIVEN one bad environment of two THEN neither is written and the exit code is 2', async () => {
    const run = await atelier('synth', 'dev', environmentFile({ storage: 4 }), '--out', join(folder, 'out'));
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('storage: 4 is not a map. Its keys: "classes", "block", "shared", "homes". (ENV003)');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('GIVEN a folder that is not ours in the way THEN it says so and the exit code is 2', async () => {
    mkdirSync(join(folder, 'out/test'), { recursive: true });
    writeFileSync(join(folder, 'out/test/precious'), '');
    const run = await atelier('synth', environmentFile(), '--out', join(folder, 'out'));
    expect(run).toMatchObject({ code: 2 });
    expect(run.stderr).toContain('was not written by Atelier');
    expect(readdirSync(join(folder, 'out/test'))).toEqual(['precious']);
  });

  test('GIVEN two files of one environment name THEN it says so and the exit code is 2', async () => {
    const path = environmentFile();
    const copy = join(folder, 'copy.yaml');
    writeFileSync(copy, readFileSync(path));
    const run = await atelier('synth', path, copy, '--out', join(folder, 'out'));
    expect(run).toMatchObject({ code: 2 });
    expect(run.stderr).toContain('(ENV015)');
  });
});

describe('atelier check', () => {
  test('--format json gives every problem with code, path, line and remedy', async () => {
    const run = await atelier('check', environmentFile({ autoscaler: { kind: 'karpentr' } }), '--format', 'json');
    expect(run.code).toBe(2);
    const report = JSON.parse(run.stdout) as {
      format: number;
      environments: { verdict: string; problems: object[] }[];
    };
    expect(report.format).toBe(1);
    expect(report.environments[0]?.verdict).toBe('invalid');
    expect(report.environments[0]?.problems).toEqual([
      {
        code: 'ENV004',
        severity: 'error',
        path: 'autoscaler.kind',
        source: { file: join(folder, 'environment.yaml'), line: expect.any(Number), column: expect.any(Number) },
        message: '"karpentr" is not known here.',
        hint: 'Did you mean "karpenter"?',
      },
    ]);
  });

  test('GIVEN an environment that Argo CD or Flux delivers THEN synth says what is to be done once for that', async () => {
    const gitOps = { tool: 'argo-cd', repository: 'https://git.example.org/x.git' };
    const argo = await atelier('synth', environmentFile({ gitOps }), '--out', join(folder, 'out'));
    expect(argo.stderr).toContain('commit it as dist/test to https://git.example.org/x.git (main)');
    expect(argo.stderr).toContain('make a root Application on dist/test/gitops');
    const flux = environmentFile({ gitOps: { ...gitOps, tool: 'flux', path: 'clusters/test' } });
    const run = await atelier('synth', flux, '--out', join(folder, 'out'));
    expect(run.stderr).toContain('apply clusters/test/gitops/flux.yaml');
    expect(run.stderr).not.toContain('kubectl apply');
  });

  test('the four environments of stacks/environments are clean', async () => {
    const run = await atelier('check');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout.match(/all hold/g)).toHaveLength(4);
  });

  test('GIVEN a finding that is accepted THEN check and synth print it with its reason, and go on', async () => {
    const checks = { silence: [{ rule: 'WB013', reason: 'the database is on this machine' }] };
    const database = {
      kind: 'postgresql',
      host: 'localhost',
      sslMode: 'disable',
      password: { name: 'workbench-database', key: 'password' },
    };
    const file = environmentFile({ checks, workbench: { ...eksInput().workbench, database } });
    const run = await atelier('check', file);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/✓ .*: 1 accepted$/m);
    expect(run.stderr).toMatch(/^accepted .*\(WB013\) Because: the database is on this machine$/m);
    const synth = await atelier('synth', file, '--out', join(folder, 'out'));
    expect(synth).toMatchObject({ code: 0, stderr: expect.stringContaining('(WB013) Because:') });
    const json = JSON.parse((await atelier('check', file, '--format', 'json')).stdout);
    expect(json.environments).toMatchObject([
      { verdict: 'accepted', problems: [], silenced: [{ code: 'WB013', reason: 'the database is on this machine' }] },
    ]);
  });

  test('--format sarif and github: parseable, on stdout, with file and line; exit codes as ever', async () => {
    const file = environmentFile({ tenants: [{ name: 'greedy', quota: { gpus: 99 } }] });
    const sarif = await atelier('check', file, '--format', 'sarif');
    expect(sarif).toMatchObject({ code: 1, stderr: '' });
    const [result] = JSON.parse(sarif.stdout).runs[0].results;
    expect(result).toMatchObject({ ruleId: 'TEN003', level: 'error' });
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^file:\/\/.*environment\.yaml$/);
    const github = await atelier('check', file, '--format', 'github');
    expect(github).toMatchObject({ code: 1, stderr: '' });
    expect(github.stdout).toMatch(/^::error file=.*environment\.yaml,line=\d+,col=\d+,title=TEN003 [^\n]*::[^\n]*\n$/);
    const invalid = await atelier('check', environmentFile({ storage: 4 }), '--format', 'github');
    expect(invalid).toMatchObject({ code: 2, stdout: expect.stringMatching(/^::error .*title=ENV003::/) });
  });
});

describe('the rest of the command line', () => {
  test('--help teaches: every command, examples, exit codes', async () => {
    const run = await atelier('--help');
    expect(run.code).toBe(0);
    for (const word of [
      'synth',
      'check',
      'rules',
      'schema',
      'environments',
      'Exit codes: 0 clean, 1',
      'stacks/environments',
    ]) {
      expect(run.stdout).toContain(word);
    }
  });

  test('unknown commands, options and environments are bad input', async () => {
    expect((await atelier('snyth')).code).toBe(2);
    expect((await atelier('synth', '--ot', 'x')).code).toBe(2);
    const unknown = await atelier('check', 'prd');
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.stderr).toContain('Did you mean "prod"?');
  });

  test('rules lists every rule, prints the page of one, and knows what was meant', async () => {
    const list = await atelier('rules');
    expect(list.stdout.trim().split('\n')).toHaveLength(RULE_TEXTS.length);
    const page = await atelier('rules', 'node002', 'REF002');
    expect(page.code).toBe(0);
    expect(page.stdout.startsWith(readFileSync(join(packageRoot, 'docs/rules/NODE002.md'), 'utf8').trimEnd())).toBe(
      true,
    );
    expect(page.stdout).toContain('# REF002: ');
    expect(await atelier('rules', 'NODE02')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Did you mean "NODE002"?'),
    });
  });

  test('environments lists what there is', async () => {
    const run = await atelier('environments');
    for (const name of ['dev', 'staging', 'prod', 'onprem']) expect(run.stdout).toMatch(new RegExp(`^${name} `, 'm'));
  });
});
