import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { binaryPath } from '../../lib/cluster/toolchain.ts';
import { PULUMI } from '../../lib/cluster/tools.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import { buildPlugins, type ProviderPlugin } from './build-plugins.ts';
import type { Faults } from './faults.ts';

/** What one call of the CLI came to. */
export interface PulumiResult {
  /** `null` where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Variables = Faults & Readonly<Record<string, string>>;

/** A call of the CLI that goes on. */
export interface PulumiCall {
  /** Of the engine, and of the group of all its processes. */
  readonly pid: number | undefined;
  readonly result: Promise<PulumiResult>;
  /** Ends the engine and its plugins at once, as a machine that goes down does. */
  readonly kill: () => void;
}

/** A project folder with the environments of this repository, and a backend of its own beside it. */
export interface PulumiProject {
  readonly folder: string;
  /** The engine's PATH. */
  readonly path: string;
  /** File of an environment, to be changed. */
  readonly environmentFile: (name: string) => string;
  readonly start: (words: readonly string[], variables?: Variables) => PulumiCall;
  readonly run: (words: readonly string[], variables?: Variables) => Promise<PulumiResult>;
  /** Ends what still runs and removes the project with its state; what is on the cluster stays. */
  readonly remove: () => void;
}

function writeProject(folder: string): void {
  const environments = join('stacks', 'environments');
  mkdirSync(join(folder, 'stacks'), { recursive: true });
  cpSync(join(packageRoot, environments), join(folder, environments), { recursive: true });
  const project = readFileSync(join(packageRoot, 'Pulumi.yaml'), 'utf8');
  writeFileSync(
    join(folder, 'Pulumi.yaml'),
    project.replace(/^main: (.*)$/m, (_, main) => `main: ${join(packageRoot, main)}`),
  );
}

function collect(program: ChildProcess): Promise<PulumiResult> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  program.stdout?.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
  program.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  return new Promise((resolve, reject) => {
    program.on('error', reject);
    program.on('close', (code) => resolve({ code, stdout: stdout.join(''), stderr: stderr.join('') }));
  });
}

/** Makes a project in `folder`, with the real engine, our language host and stand-ins for providers. */
export async function makePulumiProject(folder: string, providers: readonly ProviderPlugin[]): Promise<PulumiProject> {
  writeProject(folder);
  const { bin, plugins } = await buildPlugins(join(folder, '.engine'), providers);
  const home = join(folder, '.engine', 'home');
  mkdirSync(home, { recursive: true });
  symlinkSync(plugins, join(home, 'plugins'));
  mkdirSync(join(folder, '.engine', 'state'));
  const running = new Set<() => void>();
  const pulumi = binaryPath(PULUMI, 'pulumi');
  const path = `${dirname(pulumi)}:${bin}:${process.env.PATH}`;
  const environment = {
    ...process.env,
    PATH: path,
    PULUMI_HOME: home,
    // Attributes beside each file of the state are not written at once: a kill leaves an empty file, and the state cannot
    // be read any more (gocloud.dev, blob/fileblob/attrs.go). The state itself is replaced by a rename.
    PULUMI_BACKEND_URL: `file://${join(folder, '.engine', 'state')}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: 'test',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  };
  const start = (words: readonly string[], variables: Variables = {}): PulumiCall => {
    const env = { ...environment, ...variables };
    // A process group of its own, so that all of it can be killed.
    const options = {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    };
    const program = spawn(pulumi, [...words, '--non-interactive'], options);
    const kill = (): void => {
      if (program.pid !== undefined && program.exitCode === null) process.kill(-program.pid, 'SIGKILL');
    };
    running.add(kill);
    return { result: collect(program).finally(() => running.delete(kill)), kill, pid: program.pid };
  };
  return {
    folder,
    path,
    environmentFile: (name) => join(folder, 'stacks', 'environments', `${name}.ts`),
    start,
    run: (words, variables) => start(words, variables).result,
    remove: () => {
      for (const kill of running) kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
