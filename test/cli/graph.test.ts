import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { type Run, runHere } from '../fixtures/command-line.ts';
import { NASTY } from '../fixtures/crowded-environment.ts';
import { eksInput } from '../fixtures/environment.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  mkdirSync(join(folder, 'stacks/environments'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const atelier = (...words: readonly string[]): Promise<Run> => runHere(folder, words);

function write(name: string, change: Partial<EnvironmentInput> = {}): void {
  writeFileSync(join(folder, `stacks/environments/${name}.yaml`), stringify({ ...eksInput(), name, ...change }));
}

const [small, gpu] = eksInput().sessionProfiles;
if (!small || !gpu) throw new Error('the fixture has changed');
const tooLarge = { sessionProfiles: [small, { ...gpu, cpu: { request: 60 } }] };

describe('atelier graph (PROVE-4)', () => {
  test('GIVEN environments THEN every view of each is a file, named on stdout, and the same bytes every time', async () => {
    write('one');
    write('two');
    const run = await atelier('graph');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout.trim().split('\n')).toHaveLength(8);
    expect(readdirSync(join(folder, 'pictures/one')).sort()).toEqual([
      'day.svg',
      'pools.svg',
      'priorities.svg',
      'tenants.svg',
    ]);
    const first = readFileSync(join(folder, 'pictures/two/pools.svg'), 'utf8');
    await atelier('graph', 'two', '--view', 'pools');
    expect(readFileSync(join(folder, 'pictures/two/pools.svg'), 'utf8')).toBe(first);
  });

  test('GIVEN --out - THEN one picture goes to stdout, and several are refused', async () => {
    write('one');
    const run = await atelier('graph', 'one', '--view', 'pools', '--format', 'mermaid', '--out', '-');
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^flowchart LR\n/);
    expect(await atelier('graph', 'one', '--out', '-')).toMatchObject({ code: 2, stdout: '' });
    expect(existsSync(join(folder, 'pictures'))).toBe(false);
  });

  test.runIf(existsSync('/proc/self'))(
    'GIVEN a place where nothing can be made THEN it says so and ends with 2',
    async () => {
      write('one');
      for (const command of ['graph', 'report']) {
        const run = await atelier(command, 'one', '--out', '/proc/atelier/x');
        expect(run).toMatchObject({ code: 2, stdout: '' });
        expect(run.stderr).toContain('error /proc/atelier: there is no such file or folder.');
      }
    },
  );

  test('GIVEN parts that do not fit THEN the picture shows it, and the exit code says so', async () => {
    write('one', tooLarge);
    const run = await atelier('graph', 'one', '--view', 'pools');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('NODE002');
    expect(readFileSync(join(folder, 'pictures/one/pools.svg'), 'utf8')).toContain('fits no node');
  });

  test('GIVEN one environment that cannot be understood THEN nothing at all is written', async () => {
    write('one');
    write('two', { kubernetesVersion: 'new' });
    const run = await atelier('graph');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('nothing was written');
    expect(existsSync(join(folder, 'pictures'))).toBe(false);
  });
});

describe('atelier report (PROVE-4)', () => {
  test('GIVEN a folder THEN each environment gets a page whose links lead to what synth writes', async () => {
    write('one');
    await atelier('synth', 'one');
    expect(await atelier('report', 'one')).toMatchObject({ code: 0, stdout: 'reports/one.html\n' });
    const html = readFileSync(join(folder, 'reports/one.html'), 'utf8');
    const links = [...html.matchAll(/href="([^"#][^"]*)"/g)].flatMap(([, link]) => link ?? []);
    expect(links.length).toBeGreaterThan(20);
    for (const link of links) expect(existsSync(join(folder, 'reports', decodeURIComponent(link))), link).toBe(true);
    expect(html).not.toMatch(/<script|src=|@import|url\(|https?:\/\/(?!www\.w3\.org)/);
  });

  test('GIVEN texts that look like markup THEN they are shown letter by letter', async () => {
    write('one', { description: NASTY });
    await atelier('report', 'one', '--out', 'page.html');
    const html = readFileSync(join(folder, 'page.html'), 'utf8');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;b&#39;');
    expect(html).not.toContain('<script');
  });

  test('GIVEN findings and what is accepted THEN both are told with their reasons', async () => {
    const reason = 'a course needs it for one week';
    write('one', { ...tooLarge, checks: { silence: [{ rule: 'NODE002', reason }] } });
    await atelier('report', 'one');
    const html = readFileSync(join(folder, 'reports/one.html'), 'utf8');
    expect(html).toContain(reason);
    expect(html).toContain('asks for cpu 60 of');
  });

  test('GIVEN several environments and one file THEN it is refused', async () => {
    write('one');
    write('two');
    expect(await atelier('report', '--out', 'page.html')).toMatchObject({ code: 2, stdout: '' });
    expect(existsSync(join(folder, 'page.html'))).toBe(false);
  });
});
