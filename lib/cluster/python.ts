import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/asset.ts';
import { buildOnce } from './build-once.ts';
import { cacheFolder } from './cache-folder.ts';
import { ClusterError, type Report } from './cluster-error.ts';

/** A Python program from the package index, in a virtual environment that Atelier makes itself. */
export interface PythonTool {
  /** Folder below `tools/`, which holds its requirements.txt: every package with its exact version. */
  readonly name: string;
  /** Oldest Python that its packages run on, `3.10`. */
  readonly python: readonly [number, number];
  /** Seconds of a first installation. */
  readonly firstBuildSeconds: number;
}

const SHOWN_ERROR_LINES = 12;

interface Interpreter {
  readonly version: readonly [number, number];
  /** Where it is installed: a virtual environment only works as long as that is there. */
  readonly prefix: string;
}

function installedPython(): Interpreter | undefined {
  const program = 'import sys; print(sys.version_info[0], sys.version_info[1], sys.base_prefix)';
  const { stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
  const [, major, minor, prefix] = /^(\d+) (\d+) (.+)$/.exec((stdout ?? '').trim()) ?? [];
  return prefix === undefined ? undefined : { version: [Number(major), Number(minor)], prefix };
}

function requirePython({ name, python: [major, minor] }: PythonTool): Interpreter {
  const found = installedPython();
  const [foundMajor, foundMinor] = found?.version ?? [0, 0];
  if (found && (foundMajor > major || (foundMajor === major && foundMinor >= minor))) return found;
  const version = found ? `${foundMajor}.${foundMinor}` : 'none';
  throw new ClusterError(
    `Installing ${name} needs Python ${major}.${minor} or newer as python3 on the PATH, with venv and pip; found ${version} (https://www.python.org/downloads).`,
  );
}

/** Runs a program to its end; what it said where it failed. */
function run(program: string, args: readonly string[], signal: AbortSignal | undefined): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const options = { stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] };
    const child = spawn(program, args, signal ? { ...options, signal } : options);
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = said.join('').trim().split('\n').slice(-SHOWN_ERROR_LINES).join('\n  ');
      resolve(code === 0 ? undefined : lines || `${program} ended with ${code}`);
    });
  });
}

const requirementsFile = ({ name }: PythonTool): string => join(packageRoot, 'tools', name, 'requirements.txt');

/**
 * Path of the Python that has a tool's packages, which are installed where that was not done before. The folder is named
 * by the requirements and the Python they were installed for, so that an upgrade of either makes a new one.
 */
export async function pythonOf(tool: PythonTool, report: Report, signal?: AbortSignal): Promise<string> {
  const { version, prefix } = requirePython(tool);
  const requirements = requirementsFile(tool);
  const hash = createHash('sha256')
    .update(JSON.stringify([version, prefix]))
    .update(readFileSync(requirements));
  const folder = join(cacheFolder(tool.name), hash.digest('hex').slice(0, 16));
  const make = async (unfinished: string): Promise<void> => {
    const venv = await run('python3', ['-m', 'venv', unfinished], signal);
    if (venv !== undefined) {
      throw new ClusterError(
        `Python makes no virtual environment; on Debian and Ubuntu it needs the package python3-venv.\n  ${venv}`,
      );
    }
    // Without dependencies, because all of them are named: what is installed is what is written down.
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements];
    const failure = await run(join(unfinished, 'bin', 'python'), install, signal);
    if (failure !== undefined) {
      throw new ClusterError(
        `Installing the packages of tools/${tool.name}/requirements.txt failed: is there a network, and room on the disk?\n  ${failure}`,
      );
    }
  };
  const { name: title, firstBuildSeconds } = tool;
  await buildOnce({ folder, title: `${title}, a Python program,`, firstBuildSeconds, make }, report);
  // Scripts know the folder they were made in, which had another name; Python itself finds its own.
  return join(folder, 'bin', 'python');
}
