import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { BaseError } from './base.ts';
import { git } from './git.ts';

/** The files of a commit in a folder of their own. */
export interface Checkout {
  /** Where the repository's root is now. */
  readonly root: string;
  /** A folder beside it for what is made from it. */
  readonly scratch: string;
  readonly remove: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Removes the folder at the end, also when somebody stops the program. */
function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  let folder: string | undefined;
  const clear = (): void => {
    // Again and again: a program that is being ended may still write to it.
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  const stop = (signal: (typeof SIGNALS)[number]): never => process.exit(128 + constants.signals[signal]);
  process.once('exit', clear);
  for (const signal of SIGNALS) process.once(signal, stop);
  // Last, so that no signal can come between the folder and who removes it.
  folder = mkdtempSync(join(tmpdir(), 'atelier-base-'));
  return {
    folder,
    remove: () => {
      process.off('exit', clear);
      for (const signal of SIGNALS) process.off(signal, stop);
      clear();
    },
  };
}

/** Links to the dependencies installed here, from the root down to the working folder. */
function linkDependencies(root: string, from: string): void {
  const steps = [from];
  for (let folder = process.cwd(); folder !== from && relative(from, folder)[0] !== '.'; folder = dirname(folder)) {
    steps.push(folder);
  }
  for (const folder of steps) {
    const source = join(folder, 'node_modules');
    const target = join(root, relative(from, folder), 'node_modules');
    if (existsSync(source) && existsSync(dirname(target)) && !existsSync(target))
      symlinkSync(source, target, 'junction');
  }
}

/**
 * Writes the files of a commit to a temporary folder. An index of its own and no `git worktree`, so that nothing is
 * written to the repository and nothing is left in it, however the program ends.
 */
export function checkOut(commit: string, repository: string): Checkout {
  const { folder, remove } = temporaryFolder();
  const root = join(folder, 'tree');
  mkdirSync(root);
  const index = join(folder, 'index');
  const done =
    git(['read-tree', commit], { cwd: repository, index }) !== undefined &&
    git(['checkout-index', '--all', '--quiet', `--prefix=${root}/`], { cwd: repository, index }) !== undefined;
  if (!done) {
    remove();
    throw new BaseError(
      `The files of commit ${commit} could not be checked out to ${folder}; is there room on the disk?`,
    );
  }
  linkDependencies(root, repository);
  return { root, scratch: folder, remove };
}
