import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildOnce } from './build-once.ts';
import { cacheFolder } from './cache-folder.ts';
import { ClusterError, type Report } from './cluster-error.ts';
import { withEditedModule } from './edited-module.ts';
import { goEnvironment, missingGo } from './go.ts';
import { type GoTool, moduleFolder } from './tools.ts';

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
  return join(cacheFolder(tool.name), hash.digest('hex').slice(0, 16));
}

/** Path of one binary of a tool, built or not. */
export function binaryPath(tool: GoTool, binary: string): string {
  return join(binaryFolder(tool), binary);
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
  const { firstBuildSeconds, edited } = tool;
  const make = (unfinished: string): Promise<void> => {
    const build = (goFlags: readonly string[]) => buildBinaries(tool, goFlags, unfinished, signal);
    return edited ? withEditedModule(tool.name, edited, (goMod) => build([`-modfile=${goMod}`])) : build([]);
  };
  return buildOnce({ folder, title: Object.keys(tool.binaries).join(', '), firstBuildSeconds, make }, report);
}
