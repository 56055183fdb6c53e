import { type ApiDouble, pageOf, startApi } from './http-double.ts';

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

/** One repository of a forge as far as the templates ask for it. */
export interface GitHubDouble extends ApiDouble {
  readonly comments: Comment[];
}

export interface GitHubOptions {
  /** Head of the one open pull request: `owner:branch` and commit. */
  readonly head: string;
  readonly sha: string;
  readonly comments?: readonly Comment[];
  /** Answer to findings; 202 takes them. */
  readonly codeScanning?: number;
}

const REPOSITORY = '/repos/owner/platform';
/** The number of the one pull request. */
export const PULL_REQUEST = 7;

/** A test double of GitHub's API with one open pull request. */
export async function startGitHub(options: GitHubOptions): Promise<GitHubDouble> {
  const comments: Comment[] = [...(options.comments ?? [])];
  const api = await startApi(({ method, path, body }) => {
    const { pathname, searchParams } = new URL(path, 'http://api');
    const text = String(body.body ?? '');
    if (method === 'GET' && pathname === `${REPOSITORY}/pulls`) {
      const open = searchParams.get('head') === options.head && searchParams.get('state') === 'open';
      return { status: 200, body: open ? [{ number: PULL_REQUEST, head: { sha: options.sha } }] : [] };
    }
    if (pathname === `${REPOSITORY}/issues/${PULL_REQUEST}/comments`) {
      if (method === 'GET') return { status: 200, body: pageOf(comments, path) };
      comments.push({ id: 1000 + comments.length, user: { login: 'github-actions[bot]' }, body: text });
      return { status: 201, body: {} };
    }
    const own = comments.find(({ id }) => pathname === `${REPOSITORY}/issues/comments/${id}`);
    if (method === 'PATCH' && own) {
      own.body = text;
      return { status: 200, body: {} };
    }
    if (method === 'POST' && pathname === `${REPOSITORY}/code-scanning/sarifs`) {
      return { status: options.codeScanning ?? 202, body: {} };
    }
    return undefined;
  });
  return { ...api, comments };
}
