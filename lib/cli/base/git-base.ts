import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import type { BundleContents } from '../../bundle/contents.ts';
import { readTree } from '../../bundle/read.ts';
import { packageRoot } from '../../core/asset.ts';
import { type EnvironmentFile, environmentsFolder, listEnvironments } from '../../loader/find.ts';
import { count } from '../../preview/words.ts';
import { type Base, BaseError } from './base.ts';
import { checkOut } from './checkout.ts';
import { git, type NamedCommit } from './git.ts';

const LOCK_FILES = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

const inside = (folder: string, path: string): boolean => !relative(folder, path).startsWith('..');

/** The file of an environment below another root, whatever it is written in there. */
function findIn(root: string, path: string): string | undefined {
  const folder = join(root, dirname(path));
  const name = basename(path, extname(path));
  if (existsSync(join(root, path))) return path;
  const other = listEnvironments(folder).find((each) => each.name === name);
  return other && relative(root, other.path);
}

interface Run {
  readonly code: number;
  readonly messages: string;
}

function run(program: string, words: readonly string[], cwd: string, signal: AbortSignal): Promise<Run> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd,
      signal,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const messages: Buffer[] = [];
    const stop = (): boolean => child.kill('SIGKILL');
    // Before the folder it writes to is removed.
    process.prependOnceListener('exit', stop);
    child.stderr.on('data', (data: Buffer) => messages.push(data));
    child.once('error', (error) => {
      process.off('exit', stop);
      fail(error);
    });
    child.once('close', (code) => {
      process.off('exit', stop);
      done({ code: code ?? 1, messages: Buffer.concat(messages).toString('utf8').trim() });
    });
  });
}

function notesOf(repository: string, root: string, { commit }: NamedCommit): readonly string[] {
  const dirty = git(['status', '--porcelain'], { cwd: repository })?.split('\n').filter(Boolean).length ?? 0;
  const text = (folder: string, file: string): string =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  const locks = LOCK_FILES.filter((file) => text(repository, file) !== text(root, file));
  const isHead = git(['rev-parse', 'HEAD'], { cwd: repository }) === commit;
  return [
    ...(dirty > 0
      ? [`${count(dirty, 'file is', 'files are')} not committed here; what they change is part of the preview.`]
      : []),
    ...(dirty === 0 && isHead
      ? ['The base is the commit that is checked out, and nothing is uncommitted: nothing can differ.']
      : []),
    ...(locks.length > 0
      ? [`${locks.join(', ')} differs: the base was synthesized with the dependencies that are installed here.`]
      : []),
  ];
}

export interface GitBaseOptions {
  /** Root of the working copy. */
  readonly repository: string;
  /** The environments to compare. */
  readonly files: readonly EnvironmentFile[];
  /** Whether those count too that only the commit has. */
  readonly all: boolean;
}

/**
 * A commit of the repository: its files are checked out to a temporary folder, and its own Atelier synthesizes them
 * there, so that a change of Atelier itself shows too. Starts at once; whoever asks waits.
 */
export function gitBase(commit: NamedCommit, { repository, files, all }: GitBaseOptions): Base {
  const outside = files.find(({ path }) => !inside(repository, path));
  if (outside) {
    throw new BaseError(
      `${outside.path} is not in the repository ${repository}, so it has no earlier version there. Give --base DIR (a folder that "atelier synth" wrote), or --without-base.`,
    );
  }
  const { root, scratch, remove } = checkOut(commit.commit, repository);
  const cwd = join(root, relative(repository, process.cwd()));
  const own = join(root, relative(repository, packageRoot), 'bin/atelier.js');
  const program = inside(repository, packageRoot) && existsSync(own) ? own : join(packageRoot, 'bin/atelier.js');

  const found = files.map((file) => ({ file, there: findIn(root, relative(repository, file.path)) }));
  const known = new Set(found.map(({ there }) => there));
  const folder = environmentsFolder();
  const rest =
    all && inside(repository, folder)
      ? listEnvironments(join(root, relative(repository, folder)))
          .map(({ path }) => relative(root, path))
          .filter((path) => !known.has(path))
      : [];

  const ending = new AbortController();
  /** Each file gets a folder of its own: two may hold environments of one name, and a name may change. */
  const synthesizeFile = async (path: string, place: string): Promise<string> => {
    const out = join(scratch, place);
    const { code, messages } = await run(
      program,
      ['synth', relative(cwd, join(root, path)), '--out', out],
      cwd,
      ending.signal,
    );
    const [written] = existsSync(out) ? readdirSync(out) : [];
    if (code === 0 && written !== undefined) return join(out, written);
    throw new BaseError(
      `The base, ${commit.name}, does not synthesize:\n${messages.replaceAll(`${root}/`, '')}\nMend it there, choose another with --base, or ask for a preview against nothing with --without-base.`,
    );
  };
  const paths = [...new Set([...found.flatMap(({ there }) => (there === undefined ? [] : [there])), ...rest])];
  const synthesizeAll = async (): Promise<ReadonlyMap<string, string>> => {
    const folders = new Map<string, string>();
    for (const [index, path] of paths.entries()) folders.set(path, await synthesizeFile(path, `out-${index}`));
    return folders;
  };
  const synthesized = existsSync(cwd) ? synthesizeAll() : Promise.resolve(new Map<string, string>());
  synthesized.catch(() => undefined);

  return {
    name: commit.name,
    notes: notesOf(repository, root, commit),
    read: async (wanted): Promise<BundleContents | undefined> => {
      const path = found.find(({ file }) => resolve(file.path) === resolve(wanted.file.path))?.there;
      const tree = path === undefined ? undefined : (await synthesized).get(path);
      return tree === undefined ? undefined : readTree(tree, wanted.known);
    },
    others: async () => {
      const folders = await synthesized;
      return rest.flatMap((path) => {
        const tree = folders.get(path);
        return tree === undefined ? [] : [readTree(tree)];
      });
    },
    close: () => {
      ending.abort();
      remove();
    },
  };
}
