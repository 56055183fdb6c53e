import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Run, runHere } from '../fixtures/command-line.ts';
import { eksInput } from '../fixtures/environment.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  mkdirSync(join(folder, 'stacks/environments'), { recursive: true });
  const write = (name: string, content: object): void =>
    writeFileSync(join(folder, `stacks/environments/${name}.yaml`), stringify(content));
  const input = eksInput();
  write('one', { ...input, name: 'one' });
  const [small, gpu] = input.sessionProfiles;
  write('two', { ...input, name: 'two', sessionProfiles: [small, { ...gpu, name: 'large', cpu: { request: 30 } }] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const atelier = (...words: readonly string[]): Promise<Run> => runHere(folder, ['explain', ...words]);

describe('atelier explain (PROVE-2)', () => {
  test('GIVEN a profile that one environment has THEN no environment need be named, lines are told, and the code is 0', async () => {
    const { code, stdout, stderr } = await atelier('gpu');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^gpu, session profile of one: GPU \(1x A10G, 3 CPU, 12 GB\)\nstacks\/environments\/one\.yaml:\d+:\d+ sessionProfiles\.gpu\n/,
    );
    expect(stdout).toMatch(/\[@gpu-users\]\n +stacks\/environments\/one\.yaml:\d+:\d+ {2}\+1 more\n/);
    // Piped, so without colours.
    expect(stdout).not.toContain('\u001b');
  });

  test('GIVEN a profile that several environments have THEN it asks which, in words to copy', async () => {
    const { code, stdout, stderr } = await atelier('small');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('atelier explain small --environment one\n  atelier explain small --environment two');
  });

  test('GIVEN a profile that fits no node THEN it is explained, and the code is 1', async () => {
    const { code, stdout } = await atelier('large');
    expect(code).toBe(1);
    expect(stdout).toContain('✗ A session does not start: no node of pool gpu takes it');
  });

  test('GIVEN a user who is not offered it THEN the code is 1; GIVEN one who is, 0', async () => {
    const bob = ['gpu', '--user', 'bob', '--group', 'data-science'];
    expect(await atelier(...bob)).toMatchObject({ code: 1 });
    expect(await atelier(...bob, 'gpu-users')).toMatchObject({ code: 0 });
  });

  test('GIVEN --pod THEN the Job is all there is on stdout, of the user who asks', async () => {
    const { code, stdout } = await atelier('gpu', '--pod', '--user', 'bob');
    expect(code).toBe(0);
    const job = parse(stdout) as {
      kind: string;
      spec: { template: { metadata: { annotations: object }; spec: object } };
    };
    expect(job.kind).toBe('Job');
    expect(job.spec.template.metadata.annotations).toMatchObject({
      user: 'bob',
      'karpenter.sh/do-not-disrupt': 'true',
    });
    expect(job.spec.template.spec).toMatchObject({ nodeSelector: { 'atelier.dev/node-pool': 'gpu' } });
  });

  test('GIVEN --format json THEN it is one report of format 1', async () => {
    const { stdout } = await atelier('tenant', 'vision', '-e', 'one', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, kind: 'tenant', name: 'vision', environment: 'one' });
  });

  test('GIVEN --format markdown THEN it is headed by the subject', async () => {
    const { stdout } = await atelier('node-pool', 'gpu', '-e', 'one', '--format', 'markdown');
    expect(stdout).toMatch(/^## Node pool `gpu` of one\n\n✅ /);
  });

  test.each([
    [['gpuu'], /error one has no session profile "gpuu"\. Did you mean "gpu"\?\nerror two has no session profile/],
    [
      ['gpu', '-e', 'onee'],
      /onee: is neither a file nor an environment of stacks\/environments\. Did you mean "one"\?/,
    ],
    [['pool', 'gpu'], /error "pool" is no kind that can be explained/],
    [['tenant', 'vision', '--pod'], /error --pod prints the Job of a session profile, and this is none/],
    [[], /missing required argument 'subject'/],
  ])('GIVEN %j THEN the code is 2 and stderr says why', async (words, message) => {
    const { code, stdout, stderr } = await atelier(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
