import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { missingGo } from '../../lib/cluster/go.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { ETCD, moduleFolder } from '../../lib/cluster/tools.ts';

const saved = { PATH: process.env.PATH, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-go-'));
  process.env.PATH = `${folder}:/usr/bin:/bin`;
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
});
afterEach(() => {
  for (const [name, value] of Object.entries(saved)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(folder, { recursive: true, force: true });
});

/** A `go` that claims a version and builds by the given line of shell; $OUT is where the binary belongs. */
function installGo(version: string, build = 'true'): void {
  const script = `#!/bin/sh\n[ "$1" = env ] && echo go${version} && exit\nwhile [ "$1" != -o ]; do shift; done; OUT=$2\n${build}\n`;
  writeFileSync(join(folder, 'go'), script);
  chmodSync(join(folder, 'go'), 0o755);
}

describe('building Go tools (PROVE-5)', () => {
  it('GIVEN a Go that is too old WHEN it is looked at THEN the message names both versions', () => {
    installGo('1.20.3');
    expect(missingGo(moduleFolder('etcd'))).toBe(
      'needs Go 1.26.0 or newer on the PATH, found 1.20.3 (https://go.dev/dl)',
    );
    installGo('1.26.8');
    expect(missingGo(moduleFolder('etcd'))).toBeUndefined();
  });

  it('GIVEN a build WHEN it is done THEN it says what and how long, and the next time costs nothing', async () => {
    installGo('1.26.8', 'mkdir -p "$(dirname "$OUT")" && echo built > "$OUT"');
    const said: string[] = [];
    const built = await buildTool(ETCD, (line) => said.push(line));
    expect(readdirSync(built)).toEqual(['etcd']);
    expect(said[0]).toBe('building etcd (about 45 s on two cores, downloads included; only once)');
    expect(said[1]).toMatch(/^built etcd in \d+ s /);
    installGo('1.26.8', 'exit 1');
    expect(await buildTool(ETCD, (line) => said.push(line))).toBe(built);
    expect(said).toHaveLength(2);
  });

  it('GIVEN a build that fails WHEN it ends THEN it says why, nothing half-built is left, and the next may work', async () => {
    const tools = join(folder, 'cache/atelier/tools/etcd');
    // What a killed build leaves: its process is long gone.
    mkdirSync(join(tools, 'abc.4194304999.building'), { recursive: true });
    installGo(
      '1.26.8',
      'mkdir -p "$(dirname "$OUT")" && echo half > "$OUT"; echo "dial tcp: no such host" >&2; exit 1',
    );
    await expect(buildTool(ETCD, () => {})).rejects.toThrow(/is there a network.*\n {2}dial tcp: no such host/);
    expect(readdirSync(tools)).toEqual([]);
    installGo('1.26.8', 'mkdir -p "$(dirname "$OUT")" && echo built > "$OUT"');
    expect(readdirSync(await buildTool(ETCD, () => {}))).toEqual(['etcd']);
  });
});
