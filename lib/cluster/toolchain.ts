import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ClusterError, type Report } from './cluster-error.ts';
import { withEditedModule } from './edited-module.ts';
import { goEnvironment, missingGo } from './go.ts';
import { identify } from './process.ts';
import { type GoTool, moduleFolder } from './tools.ts';

const HEARTBEAT_MS = 30_000;
/** Of a failed build the last lines say why. */
const SHOWN_ERROR_LINES = 15;

/** Folder of a tool's binaries: one per content of its sources and flags, so that a stale one is never run. */
function binaryFolder(tool: GoTool): string {
  const hash = createHash('sha256').update(
    JSON.stringify([tool.flags, tool.binaries, ...(tool.edited ? [tool.edited] : [])]),
  );
  for (const name of tool.sources) {
    const content = readFileSync(join(moduleFolder(tool.name), name));
    hash.update(`${name}\0`).update(content).update('\0');
  }
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'atelier', 'tools', tool.name, hash.digest('hex').slice(0, 16));
}

/** Path of one binary of a tool, built or not. */
export function binaryPath(tool: GoTool, binary: string): string {
  return join(binaryFolder(tool), binary);
}

/** Half-built folders are named `<hash>.<pid>.building`; those of processes that are gone are cleared away. */
function clearInterrupted(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /\.(\d+)\.building$/.exec(name)?.[1];
    if (pid !== undefined && identify(Number(pid)) === undefined) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

const lastBuildFile = (tool: GoTool): string => join(dirname(binaryFolder(tool)), 'last-build-seconds');

function expectation(tool: GoTool): string {
  const file = lastBuildFile(tool);
  if (existsSync(file)) return `took ${readFileSync(file, 'utf8').trim()} s last time`;
  return `about ${tool.firstBuildSeconds} s on two cores, downloads included`;
}

function goBuild(args: readonly string[], cwd: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: goEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] };
    const build = spawn('go', args, signal ? { ...options, signal } : options);
    const errors: string[] = [];
    build.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    build.on('error', reject);
    build.on('close', (code) => resolve(code === 0 ? undefined : errors.join('') || `go build ended with ${code}`));
  });
}

/** Builds every binary of a tool into a folder. */
async function buildBinaries(
  tool: GoTool,
  goFlags: readonly string[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [binary, path] of Object.entries(tool.binaries)) {
    const args = ['build', ...goFlags, ...tool.flags, '-o', join(folder, binary), path];
    const failure = await goBuild(args, moduleFolder(tool.name), signal);
    if (failure !== undefined) {
      const lines = failure.trim().split('\n').slice(-SHOWN_ERROR_LINES).join('\n  ');
      throw new ClusterError(
        `Building ${binary} from tools/${tool.name} failed. A first build downloads Go modules: is there a network, and room on the disk?\n  ${lines}`,
      );
    }
  }
}

/** Builds a tool unless that was done before, and returns where its binaries are. All of them appear at once. */
export async function buildTool(tool: GoTool, report: Report, signal?: AbortSignal): Promise<string> {
  const folder = binaryFolder(tool);
  if (existsSync(folder)) return folder;
  const missing = missingGo(moduleFolder(tool.name));
  if (missing !== undefined) throw new ClusterError(`Building ${tool.name} ${missing}.`);

  mkdirSync(dirname(folder), { recursive: true });
  clearInterrupted(dirname(folder));
  const names = Object.keys(tool.binaries).join(', ');
  report(`building ${names} (${expectation(tool)}; only once)`);
  const began = Date.now();
  const seconds = (): number => Math.round((Date.now() - began) / 1000);
  const heartbeat = setInterval(() => report(`still building ${names}, ${seconds()} s`), HEARTBEAT_MS);
  const unfinished = `${folder}.${process.pid}.building`;
  try {
    const build = (goFlags: readonly string[]) => buildBinaries(tool, goFlags, unfinished, signal);
    await (tool.edited ? withEditedModule(tool.name, tool.edited, (goMod) => build([`-modfile=${goMod}`])) : build([]));
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      // Another process was faster: its build is as good as ours.
      if (!existsSync(folder)) throw error;
    }
  } finally {
    clearInterval(heartbeat);
    rmSync(unfinished, { recursive: true, force: true });
  }
  writeFileSync(lastBuildFile(tool), `${seconds()}\n`);
  report(`built ${names} in ${seconds()} s (${basename(dirname(folder))}/${basename(folder)})`);
  return folder;
}
