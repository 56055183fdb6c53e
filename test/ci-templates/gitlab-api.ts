import { type ApiDouble, pageOf, startApi } from './http-double.ts';

export interface Note {
  readonly id: number;
  readonly author: { readonly id: number };
  body: string;
}

export interface GitLabDouble extends ApiDouble {
  readonly notes: Note[];
}

/** Who the token of the job belongs to. */
export const BOT = 42;
const NOTES = '/projects/11/merge_requests/7/notes';

/** A test double of GitLab's API with one merge request, number 7 of project 11. */
export async function startGitLab(before: readonly Note[] = []): Promise<GitLabDouble> {
  const notes: Note[] = [...before];
  const api = await startApi(({ method, path, body }) => {
    const { pathname } = new URL(path, 'http://api');
    const text = String(body.body ?? '');
    if (method === 'GET' && pathname === '/user') return { status: 200, body: { id: BOT } };
    if (pathname === NOTES) {
      if (method === 'GET') return { status: 200, body: pageOf(notes, path) };
      notes.push({ id: 1000 + notes.length, author: { id: BOT }, body: text });
      return { status: 201, body: {} };
    }
    const own = notes.find(({ id }) => pathname === `${NOTES}/${id}`);
    if (method !== 'PUT' || !own) return undefined;
    own.body = text;
    return { status: 200, body: {} };
  });
  return { ...api, notes };
}
