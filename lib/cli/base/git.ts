import { spawnSync } from 'node:child_process';
import { didYouMean } from '../../core/suggest.ts';
import { BaseError } from './base.ts';

/** Output of a git command; `undefined` where it fails. */
export function git(
  words: readonly string[],
  options: { readonly cwd?: string; readonly index?: string } = {},
): string | undefined {
  const { cwd, index } = options;
  const { status, stdout, error } = spawnSync('git', words, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    ...(cwd === undefined ? {} : { cwd }),
    ...(index === undefined ? {} : { env: { ...process.env, GIT_INDEX_FILE: index } }),
  });
  if (error && 'code' in error && error.code === 'ENOENT') {
    throw new BaseError(
      'git is not installed, so only folders can be compared with: give --base DIR, or --without-base.',
    );
  }
  return status === 0 ? stdout.trim() : undefined;
}

/** The root of the working copy. */
export function repositoryRoot(): string {
  const root = git(['rev-parse', '--show-toplevel']);
  if (root === undefined) {
    throw new BaseError(
      'This is no git working copy, so there is no earlier version to compare with. Give --base DIR (a folder that "atelier synth" wrote), or --without-base.',
    );
  }
  return root;
}

function commitOf(ref: string): string | undefined {
  return git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
}

/** A commit, and how reports name it. */
export interface NamedCommit {
  readonly commit: string;
  readonly name: string;
}

const short = (commit: string): string => commit.slice(0, 9);

/** The commit of a ref that somebody named. */
export function namedCommit(ref: string): NamedCommit {
  const commit = commitOf(ref);
  if (commit !== undefined)
    return { commit, name: ref === commit ? `commit ${short(commit)}` : `${ref} (${short(commit)})` };
  const known = git(['for-each-ref', '--format=%(refname:short)'])?.split('\n') ?? [];
  throw new BaseError(
    `--base ${ref}: neither a folder nor a commit, branch or tag of this repository. ${didYouMean(ref, known)} A ref of the remote must be fetched first.`,
  );
}

/** Branches that a change is usually merged to, the surest first: what the CI says, what the remote says, usual names. */
function mergeTargets(): readonly string[] {
  const { GITHUB_BASE_REF, CI_MERGE_REQUEST_TARGET_BRANCH_NAME } = process.env;
  const target = GITHUB_BASE_REF || CI_MERGE_REQUEST_TARGET_BRANCH_NAME;
  const remoteHead = git(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  return [
    ...(target ? [`origin/${target}`, target] : []),
    ...(remoteHead ? [remoteHead] : []),
    'origin/main',
    'origin/master',
    'main',
    'master',
  ];
}

/** Where the branch that is checked out left the default branch: what a pull request is compared with. */
export function defaultCommit(): NamedCommit {
  const target = mergeTargets().find((ref) => commitOf(ref) !== undefined);
  if (target === undefined) {
    throw new BaseError(
      'No default branch was found (origin/HEAD, main, master). Say what to compare with: --base REF, --base DIR or --without-base.',
    );
  }
  const commit = git(['merge-base', 'HEAD', target]);
  if (commit === undefined) {
    throw new BaseError(
      `HEAD and ${target} have no common ancestor in this clone. Where it is shallow, fetch the history (git fetch --unshallow), or say what to compare with: --base REF.`,
    );
  }
  return { commit, name: `${short(commit)} (where this branch left ${target})` };
}
