import { existsSync, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { InvalidEnvironmentError } from '../core/problem.ts';
import { locate, shownPath } from '../core/source.ts';
import { type EnvironmentFile, findEnvironment } from './find.ts';
import { readYamlFile } from './yaml-file.ts';

/** An environment as written, before it is checked. */
export interface LoadedEnvironment {
  readonly file: EnvironmentFile;
  /** The content, with references to other files resolved; remembers its lines (lib/core/source.ts). */
  readonly input: unknown;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts the list of a file in place of `tenants: {file: ...}`; the path is relative to the environment file. */
function resolveTenants(input: unknown, environmentPath: string): unknown {
  if (!isRecord(input) || !isRecord(input.tenants) || typeof input.tenants.file !== 'string') return input;
  const path = resolve(dirname(environmentPath), input.tenants.file);
  if (!existsSync(path) || !statSync(path).isFile()) {
    const source = locate(input, ['tenants']);
    throw new InvalidEnvironmentError([
      {
        code: 'ENV014',
        severity: 'error',
        path: 'tenants.file',
        ...(source ? { source } : {}),
        message: `"${input.tenants.file}" is no file beside the environment.`,
      },
    ]);
  }
  const tenants = readYamlFile(path, shownPath(path));
  // A copy that keeps the locations of the original.
  const copy = Object.create(Object.getPrototypeOf(input), Object.getOwnPropertyDescriptors(input)) as Record<
    string,
    unknown
  >;
  copy.tenants = tenants;
  return copy;
}

/**
 * An environment of `stacks/environments` is called as its file: the word on the command line, the stack and the folder
 * of the output are one name. A copy that kept the name of its model would be written over it, and applied to it.
 */
function requireNameOfFile(input: Record<string, unknown>, fileName: string): void {
  const { name } = input;
  if (typeof name !== 'string' || name === fileName) return;
  const source = locate(input, ['name']);
  throw new InvalidEnvironmentError([
    {
      code: 'ENV016',
      severity: 'error',
      path: 'name',
      ...(source ? { source } : {}),
      message: `"${name}" is not what its file is called, "${fileName}".`,
      hint: 'Rename one of them: stack and folder of the output have the name of the file.',
    },
  ]);
}

/** Reads one environment by name or path. Throws {@link InvalidEnvironmentError} where it cannot be read at all. */
export async function loadEnvironment(word: string): Promise<LoadedEnvironment> {
  const file = findEnvironment(word);
  const isYaml = ['.yaml', '.yml', '.json'].includes(extname(file.path));
  const input = isYaml
    ? readYamlFile(file.path, shownPath(file.path))
    : await (await import('./script-file.ts')).readScriptFile(file.path, shownPath(file.path));
  if (!isRecord(input)) {
    const what = isYaml ? 'a map at the top' : 'an environment as its default export';
    throw new InvalidEnvironmentError([
      { code: 'ENV012', severity: 'error', path: shownPath(file.path), message: `does not hold ${what}.` },
    ]);
  }
  if (word === file.name) requireNameOfFile(input, file.name);
  return { file, input: resolveTenants(input, file.path) };
}
