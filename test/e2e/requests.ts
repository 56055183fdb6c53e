import type { Manifest } from '../../lib/bundle/bundle.ts';
import { type ApiClient, messageOf } from '../../lib/cluster/api-client.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { collectionPath } from '../policies/replay.ts';

/** Somebody whom a request is sent as. */
export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

export interface Answer {
  readonly status: number;
  readonly message: string;
}

const identity = (person: Person | undefined): { readonly as?: string; readonly groups?: readonly string[] } =>
  person === undefined ? {} : { as: person.user, groups: person.groups };

/** Makes an object. */
export async function create(client: ApiClient, object: Manifest, person?: Person): Promise<Answer> {
  const body = JSON.stringify(object);
  const answer = await client.send({ method: 'POST', path: collectionPath(object), body, ...identity(person) });
  return { status: answer.status, message: messageOf(answer) };
}

/** Changes an object by a merge patch. */
export async function patch(client: ApiClient, path: string, change: JsonObject, person?: Person): Promise<Answer> {
  const answer = await client.send({
    method: 'PATCH',
    path,
    body: JSON.stringify(change),
    contentType: 'application/merge-patch+json',
    ...identity(person),
  });
  return { status: answer.status, message: messageOf(answer) };
}

/** Removes an object. */
export async function remove(client: ApiClient, path: string, person?: Person): Promise<Answer> {
  const answer = await client.send({ method: 'DELETE', path, ...identity(person) });
  return { status: answer.status, message: messageOf(answer) };
}

/** One object; undefined where there is none. */
export async function read<T>(client: ApiClient, path: string): Promise<T | undefined> {
  const answer = await client.send({ method: 'GET', path });
  return answer.status === 200 ? (answer.body as T) : undefined;
}

/** The objects of a collection. */
export async function list(client: ApiClient, path: string): Promise<readonly Manifest[]> {
  const answer = await client.send({ method: 'GET', path });
  if (answer.status !== 200) throw new Error(`${path}: ${messageOf(answer)}`);
  return (answer.body as { readonly items: readonly Manifest[] }).items;
}

/**
 * Makes an object until it is refused, and removes what was made. The controller of quotas may count from what it had
 * seen some pods ago, and counts anew when one goes.
 */
export async function eventuallyRefused(client: ApiClient, object: Manifest, person?: Person): Promise<Answer> {
  const path = `${collectionPath(object)}/${object.metadata.name}?gracePeriodSeconds=0`;
  const ask = async (): Promise<Answer> => {
    const answer = await create(client, object, person);
    if (answer.status === 201) await remove(client, path);
    return answer;
  };
  return eventually(ask, ({ status }) => status !== 201);
}

/** Long enough for a busy machine: whoever waits that long has found something that does not happen. */
const PATIENCE_SECONDS = 150;

/** Asks until the answer will do, at most for some seconds; gives the last answer. */
export async function eventually<T>(
  ask: () => Promise<T>,
  willDo: (answer: T) => boolean,
  seconds = PATIENCE_SECONDS,
): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const answer = await ask();
    if (willDo(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
