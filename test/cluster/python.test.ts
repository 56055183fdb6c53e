import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pythonOf } from '../../lib/cluster/python.ts';

const MOTO = { name: 'moto', python: [3, 11], firstBuildSeconds: 20 } as const;
const saved = { PATH: process.env.PATH, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-python-'));
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

/** A `python3` of a version, whose virtual environments have a Python that does `pip` by the given line of shell. */
function installPython(version: string, pip = 'true', venv = 'true'): void {
  const script = `#!/bin/sh
if [ "$1" = -c ]; then echo ${version.replace('.', ' ')} /opt/python; exit; fi
${venv} || exit 1
mkdir -p "$3/bin"
printf '#!/bin/sh\\n${pip}\\n' > "$3/bin/python"; chmod +x "$3/bin/python"
`;
  writeFileSync(join(folder, 'python3'), script);
  chmodSync(join(folder, 'python3'), 0o755);
}

const built = (): readonly string[] => readdirSync(join(folder, 'cache/atelier/tools/moto'));

describe('Python programs in virtual environments of ours (PROVE-5)', () => {
  it('GIVEN a Python WHEN a program is wanted THEN its packages are installed once, and again after an upgrade', async () => {
    installPython('3.11');
    const said: string[] = [];
    const python = await pythonOf(MOTO, (line) => said.push(line));
    expect(existsSync(python)).toBe(true);
    expect(said[0]).toBe('building moto, a Python program, (about 20 s on two cores, downloads included; only once)');
    expect(await pythonOf(MOTO, (line) => said.push(line))).toBe(python);
    expect(said).toHaveLength(2);
    installPython('3.12');
    expect(dirname(await pythonOf(MOTO, () => {}))).not.toBe(dirname(python));
  });

  it('GIVEN no Python or an old one WHEN a program is wanted THEN the message names what is needed and what was found', async () => {
    installPython('3.9');
    await expect(pythonOf(MOTO, () => {})).rejects.toThrow('moto needs Python 3.11 or newer as python3 on the PATH');
    await expect(pythonOf(MOTO, () => {})).rejects.toThrow('found 3.9');
    installPython('');
    await expect(pythonOf(MOTO, () => {})).rejects.toThrow('found none');
  });

  it('GIVEN packages that cannot be had WHEN the installation ends THEN it says why, and nothing half-made is left', async () => {
    installPython('3.11', 'echo no matching distribution; exit 1');
    await expect(pythonOf(MOTO, () => {})).rejects.toThrow(/is there a network.*\n {2}no matching distribution/);
    expect(built()).toEqual([]);
    installPython('3.11', 'true', 'false');
    await expect(pythonOf(MOTO, () => {})).rejects.toThrow('needs the package python3-venv');
    expect(built()).toEqual([]);
    installPython('3.11');
    await pythonOf(MOTO, () => {});
    expect(built()).toContain('last-build-seconds');
  });
});
