import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readTree } from '../../lib/bundle/read.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import { eksInput } from '../fixtures/environment.ts';
import { type DraftResource, planText, resourcesOf, stateText } from '../fixtures/pulumi-files.ts';

let folder = '';
let resources: readonly DraftResource[] = [];

function atelier(words: readonly string[], input = '') {
  const program = join(packageRoot, 'bin/atelier.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    input,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  mkdirSync(join(folder, 'stacks/environments'), { recursive: true });
  writeFileSync(join(folder, 'stacks/environments/test.yaml'), stringify({ ...eksInput(), name: 'test' }));
  expect(atelier(['synth'])).toMatchObject({ code: 0 });
  resources = resourcesOf(readTree(join(folder, 'dist/test')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

describe('atelier verify (CLOUD-3)', () => {
  test('GIVEN a plan of what was written THEN it is equal, says what was compared, and ends with 0', () => {
    const run = atelier(['verify', 'test', '--plan', file('plan.json', planText(resources, 'same'))]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^✓ test: what the plan would apply is what was reviewed in dist\/test: \d+ objects, \d+ Helm releases\n/,
    );
    expect(run.stdout).toContain('not compared: 1 aws, 1 components, 1 providers, 1 stack');
  });

  test('GIVEN a state on stdin without one object THEN it says which, where it comes from, and ends with 1', () => {
    const input = stateText(resources.filter(({ urn }) => !urn.endsWith('::Namespace/workbench')));
    const run = atelier(['verify', '--state', '-'], input);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toMatch(/^✗ test: what the state says was applied is not what was reviewed/);
    expect(run.stdout).toMatch(/^ {2}missing Namespace workbench {2}stacks\/environments\/test\.yaml:\d+$/m);
    const json = atelier(['verify', '--state', '-', '--format', 'json'], input);
    expect(JSON.parse(json.stdout)).toMatchObject({
      format: 1,
      environment: 'test',
      source: 'state',
      equal: false,
      differences: [{ kind: 'missing', name: 'Namespace workbench' }],
    });
  });

  test.each([
    ['no file named', ['test'], 'Say what to compare: --plan FILE or --state FILE.'],
    ['both', ['--plan', 'plan.json', '--state', 'plan.json'], 'cannot be used with'],
    [
      'a file that does not exist',
      ['--plan', 'nothing.json'],
      'nothing.json: there is no such file or folder. Check the path.',
    ],
    ['a file that was cut off', ['--plan', 'cut.json'], '--plan cut.json: It is no JSON, or was cut off'],
    ['another environment', ['prod', '--plan', 'plan.json'], 'The plan is of stack "test", not of "prod"'],
    ['no stack', ['--state', 'empty.json'], 'say which environment is meant'],
    ['an environment that was not written', ['tes', '--state', 'empty.json'], 'Did you mean "test"? Write it with'],
    [
      'a folder of another environment',
      ['prod', '--state', 'empty.json', '--out', 'dist/test'],
      'holds environment "test"',
    ],
  ])('GIVEN %s THEN it says so and ends with 2', (_, words, message) => {
    file('plan.json', planText(resources));
    file('cut.json', planText(resources).slice(0, 5000));
    file('empty.json', '{"version":3,"deployment":{}}');
    const run = atelier(['verify', ...words]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});
