import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../lib/core/asset.ts';

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function node(...words: readonly string[]): Promise<Run> {
  return new Promise((done) => {
    const child = spawn(process.execPath, words, { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (data: Buffer) => stdout.push(data));
    child.stderr.on('data', (data: Buffer) => stderr.push(data));
    child.once('close', (code) => {
      done({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  mkdirSync(join(folder, 'code-cache'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const atelier = join(packageRoot, 'bin/atelier.js');
const caches = (): readonly string[] => readdirSync(join(folder, 'code-cache'));

/** A program that says a word, which is part of a function that only its run compiles. */
function program(word: string): string {
  const path = join(folder, 'main.cjs');
  writeFileSync(path, `exports.main = (code) => { console.log('${word}'); process.exitCode = code; };\n`);
  return path;
}

function load(path: string, { code = 0, flags = [] as readonly string[] } = {}): Promise<Run> {
  const loader = pathToFileURL(join(packageRoot, 'bin/load-program.js')).href;
  const script = `import { loadProgram } from '${loader}'; loadProgram(${JSON.stringify(path)}, 'say').main(${code});`;
  return node(...flags, '--input-type=module', '--eval', script);
}

/** Changes the only cache. `sign`: so that it looks as if it had been written so, for the program that is there now. */
function tamper(path: string, change: (cache: Buffer) => Buffer, { sign }: { readonly sign: boolean }): Buffer {
  const [name = ''] = caches();
  const content = readFileSync(join(folder, 'code-cache', name));
  const cache = change(Buffer.from(content.subarray(4)));
  const checksum = Buffer.from(content.subarray(0, 4));
  if (sign) checksum.writeUInt32BE(crc32(cache, crc32(readFileSync(path))));
  const tampered = Buffer.concat([checksum, cache]);
  writeFileSync(join(folder, 'code-cache', name), tampered);
  return tampered;
}

const onlyCache = (): Buffer => readFileSync(join(folder, 'code-cache', caches()[0] ?? ''));

describe('the code cache of the compiled program', () => {
  test('GIVEN a run that ended well THEN later runs take their functions from its cache', async () => {
    await load(program('before'));
    expect(caches()).toHaveLength(1);
    // V8 compares no more than the length: what the cache holds is what runs.
    const changed = program('behind');
    tamper(changed, (cache) => cache, { sign: true });
    expect(await load(changed)).toEqual({ code: 0, stdout: 'before\n', stderr: '' });
  });

  test('GIVEN a cache of another program of the same length THEN it is not used, and replaced', async () => {
    await load(program('before'));
    const stale = onlyCache();
    expect(await load(program('behind'))).toEqual({ code: 0, stdout: 'behind\n', stderr: '' });
    expect(caches()).toHaveLength(1);
    expect(onlyCache()).not.toEqual(stale);
  });

  test('GIVEN a damaged cache THEN it is not used, and replaced', async () => {
    const path = program('well');
    await load(path);
    const flip = (cache: Buffer): Buffer => cache.fill(0xff, cache.length / 2, cache.length / 2 + 64);
    for (const damage of [flip, (cache: Buffer) => cache.subarray(0, 40), () => Buffer.alloc(0)]) {
      const damaged = tamper(path, damage, { sign: false });
      expect(await load(path)).toEqual({ code: 0, stdout: 'well\n', stderr: '' });
      expect(onlyCache()).not.toEqual(damaged);
    }
  });

  test('GIVEN a cache that V8 rejects THEN the program runs, and the cache is replaced', async () => {
    const path = program('well');
    await load(path);
    // Its first bytes say of which V8 it is.
    const rejected = tamper(path, (cache) => cache.fill(1, 0, 16), { sign: true });
    expect(await load(path)).toEqual({ code: 0, stdout: 'well\n', stderr: '' });
    expect(onlyCache()).not.toEqual(rejected);
  });

  test('GIVEN other flags of V8 THEN each has a cache of its own', async () => {
    const path = program('well');
    await load(path);
    await load(path, { flags: ['--no-opt'] });
    expect(caches()).toHaveLength(2);
  });

  test('GIVEN a folder that takes no cache THEN the program runs all the same', async () => {
    const path = program('well');
    rmSync(join(folder, 'code-cache'), { recursive: true });
    expect(await load(path)).toEqual({ code: 0, stdout: 'well\n', stderr: '' });
  });

  test('GIVEN bad input THEN no cache is left, because little has run; findings leave one', async () => {
    const path = program('well');
    expect(await load(path, { code: 2 })).toMatchObject({ code: 2 });
    expect(caches()).toEqual([]);
    expect(await load(path, { code: 1 })).toMatchObject({ code: 1 });
    expect(caches()).toHaveLength(1);
  });

  test('GIVEN many runs at once THEN all end well, and one whole cache is left', async () => {
    const path = program('well');
    const runs = await Promise.all(Array.from({ length: 6 }, () => load(path)));
    for (const run of runs) expect(run).toEqual({ code: 0, stdout: 'well\n', stderr: '' });
    expect(caches()).toHaveLength(1);
    const whole = onlyCache();
    await load(path);
    expect(onlyCache()).toEqual(whole);
  });
});

describe('the compiled program', () => {
  test('runs through a link, as npx and npm scripts call it', async () => {
    const link = join(folder, 'atelier');
    symlinkSync(atelier, link);
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
    expect(await node(link, '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('GIVEN a mistake of Atelier THEN it shows where, and the exit code is 3', async () => {
    const file = join(folder, 'broken.ts');
    // A getter that throws stands in for a mistake: nothing expects that reading a value fails.
    writeFileSync(file, "export default { version: 1, get name() { throw new Error('no such luck'); } };\n");
    const run = await node(atelier, 'check', file);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      /mistake of Atelier.*\nError: no such luck\n.*broken\.ts:1:\d+\)\n.*main\.cjs:\d+:\d+\)/,
    );
  });

  test('knows the hidden commands that are processes of a local cluster', async () => {
    const run = await node(atelier, 'process', 'service-network', '--folder', folder);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining("required option '--port <port>'") });
  });

  test('is a library too: `import ... from "atelier"`', async () => {
    const script = "import { environmentNames } from 'atelier'; console.log(environmentNames().join());";
    expect(await node('--input-type=module', '--eval', script)).toEqual({
      code: 0,
      stdout: 'dev,onprem,prod,staging\n',
      stderr: '',
    });
  });
});
