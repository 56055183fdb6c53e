import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { packageRoot } from '../core/asset.ts';
import { InvalidEnvironmentError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.yaml', '.yml', '.json'];

/** An environment that can be loaded. */
export interface EnvironmentFile {
  /** Name on the command line: the file's name without extension. */
  readonly name: string;
  readonly path: string;
}

/** Folder of the named environments: `stacks/environments` of the working directory, else of Atelier itself. */
export function environmentsFolder(): string {
  const here = resolve('stacks/environments');
  return existsSync(here) ? here : join(packageRoot, 'stacks/environments');
}

/** The named environments, sorted. Files whose name begins with `_` or lies in a folder are shared parts. */
export function listEnvironments(folder = environmentsFolder()): readonly EnvironmentFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => EXTENSIONS.includes(extname(file)) && !file.startsWith('_') && !file.endsWith('.d.ts'))
    .map((file) => ({ name: basename(file, extname(file)), path: join(folder, file) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of the environments of stacks/environments. */
export function environmentNames(): readonly string[] {
  return listEnvironments().map(({ name }) => name);
}

/** The environment a word on the command line means: a name of {@link listEnvironments}, or the path of a file. */
export function findEnvironment(word: string): EnvironmentFile {
  const named = listEnvironments();
  const match = named.find(({ name }) => name === word);
  if (match) return match;
  const path = resolve(word);
  if (existsSync(path) && statSync(path).isFile()) {
    if (EXTENSIONS.includes(extname(path))) return { name: basename(path, extname(path)), path };
    throw new InvalidEnvironmentError([
      {
        code: 'ENV013',
        severity: 'error',
        path: word,
        message: `is no environment file; it must end in ${EXTENSIONS.join(', ')}.`,
      },
    ]);
  }
  throw new InvalidEnvironmentError([
    {
      code: 'ENV013',
      severity: 'error',
      path: word,
      message: existsSync(path)
        ? 'is a folder, and an environment is a file.'
        : 'is neither a file nor an environment of stacks/environments.',
      hint: didYouMean(word, environmentNames()),
    },
  ]);
}
