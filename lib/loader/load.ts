import { existsSync, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { type Path, type PlacedProblem, resolveProblem } from '../core/path.ts';
import { InvalidEnvironmentError } from '../core/problem.ts';
import { locate, shownPath } from '../core/source.ts';
import { didYouMean } from '../core/suggest.ts';
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

/** Throws for a `tenants` that is neither a list nor names a file, so that a slip in it is not passed over. */
function refuseTenants(input: object, problem: Omit<PlacedProblem, 'at'>, ...key: Path): never {
  throw new InvalidEnvironmentError([resolveProblem({ ...problem, at: ['tenants', ...key] }, input)]);
}

/** The file that `tenants` names; `undefined` where the list stands in the environment. */
function tenantsFile(input: Record<string, unknown>, environmentPath: string): string | undefined {
  const { tenants } = input;
  if (typeof tenants === 'string') {
    const hint = `Write { file: ${JSON.stringify(tenants)} }.`;
    refuseTenants(input, { code: 'ENV003', message: `${JSON.stringify(tenants)} is neither a list nor a map.`, hint });
  }
  if (!isRecord(tenants)) return undefined;
  const { file, ...others } = tenants;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    const message = `"${unknown}" is not a known key here.`;
    refuseTenants(input, { code: 'ENV001', message, hint: didYouMean(unknown, ['file']) }, unknown);
  }
  if (typeof file !== 'string') {
    const hint = 'For example "tenants/prod.yaml".';
    refuseTenants(
      input,
      { code: 'ENV003', message: `${JSON.stringify(file)} is not the path of a file.`, hint },
      'file',
    );
  }
  const path = resolve(dirname(environmentPath), file);
  if (existsSync(path) && statSync(path).isFile()) return path;
  const message = `"${file}" is no file beside the environment.`;
  refuseTenants(input, { code: 'ENV014', message, hint: `Looked for ${shownPath(path)}.` }, 'file');
}

/** Puts the list of a file in place of `tenants: {file: ...}`; the path is relative to the environment file. */
function resolveTenants(input: Record<string, unknown>, environmentPath: string): unknown {
  const path = tenantsFile(input, environmentPath);
  if (path === undefined) return input;
  const tenants = readYamlFile(path, shownPath(path));
  if (!Array.isArray(tenants)) {
    const what = tenants === null ? 'is empty' : 'holds no list';
    throw new InvalidEnvironmentError([
      {
        code: 'ENV003',
        severity: 'error',
        path: shownPath(path),
        message: `${what}; it must be a list of tenants.`,
        hint: 'Begin each with "- name:".',
      },
    ]);
  }
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
    const message = isYaml && input === null ? 'is empty.' : `does not hold ${what}.`;
    const hint = 'docs/environment.md says what an environment is.';
    throw new InvalidEnvironmentError([
      { code: 'ENV012', severity: 'error', path: shownPath(file.path), message, hint },
    ]);
  }
  if (word === file.name) requireNameOfFile(input, file.name);
  return { file, input: resolveTenants(input, file.path) };
}
