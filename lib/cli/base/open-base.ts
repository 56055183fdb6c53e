import { existsSync, statSync } from 'node:fs';
import type { EnvironmentFile } from '../../loader/find.ts';
import { type Base, NO_BASE } from './base.ts';
import { folderBase } from './folder-base.ts';
import { defaultCommit, namedCommit, repositoryRoot } from './git.ts';
import { gitBase } from './git-base.ts';

export interface BaseOptions {
  /** Folder or git ref. */
  readonly base?: string;
  readonly withoutBase: boolean;
}

/** What to compare with: nothing where that is asked, a folder, a git ref, or where the branch left the default branch. */
export function openBase({ base, withoutBase }: BaseOptions, files: readonly EnvironmentFile[], all: boolean): Base {
  if (withoutBase) return NO_BASE;
  if (base !== undefined && existsSync(base) && statSync(base).isDirectory()) return folderBase(base);
  const repository = repositoryRoot();
  return gitBase(base === undefined ? defaultCommit() : namedCommit(base), { repository, files, all });
}
