import { spawn } from 'node:child_process';
import { ClusterError } from './cluster-error.ts';
import { goEnvironment, missingGo } from './go.ts';
import { moduleFolder } from './tools.ts';

interface DownloadedModule {
  readonly Path: string;
  readonly Dir?: string;
  readonly Error?: string;
}

function download(cwd: string, modules: readonly string[]): Promise<{ output: string; errors: string }> {
  return new Promise((resolve, reject) => {
    const go = spawn('go', ['mod', 'download', '-json', ...modules], { cwd, env: goEnvironment() });
    let output = '';
    let errors = '';
    go.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    go.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    go.on('error', reject);
    go.on('close', () => resolve({ output, errors }));
  });
}

/**
 * Folder of a module that `tools/<tool>` pins, in Go's own module cache: downloaded where it is not there, and checked
 * against go.sum by Go.
 */
export async function moduleSource(tool: string, module: string): Promise<string> {
  const cwd = moduleFolder(tool);
  const missing = missingGo(cwd);
  if (missing !== undefined) throw new ClusterError(`Reading the files of ${module} ${missing}.`);
  const { output, errors } = await download(cwd, [module]);
  const found = output.trim() === '' ? undefined : (JSON.parse(output) as DownloadedModule);
  if (found?.Dir === undefined) {
    throw new ClusterError(
      `Module ${module} of tools/${tool} cannot be downloaded; is there a network?\n  ${found?.Error ?? errors.trim()}`,
    );
  }
  return found.Dir;
}
