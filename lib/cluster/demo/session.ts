import type { JsonObject } from '../../core/json.ts';
import { type ApiClient, messageOf } from '../api-client.ts';
import { ClusterError } from '../cluster-error.ts';

/** A Job in the namespace of sessions. */
export interface StartedSession {
  readonly namespace: string;
  readonly job: string;
}

const jobs = (namespace: string): string => `/apis/batch/v1/namespaces/${namespace}/jobs`;

/** Sends the Job as the launcher does. */
export async function startSession(client: ApiClient, namespace: string, job: JsonObject): Promise<StartedSession> {
  const answer = await client.send({ method: 'POST', path: jobs(namespace), body: JSON.stringify(job) });
  if (answer.status !== 201) throw new ClusterError(`The session's Job was refused: ${messageOf(answer)}`);
  return { namespace, job: (answer.body as { readonly metadata: { readonly name: string } }).metadata.name };
}

/** Ends a session as the launcher does: its Job is deleted, and its pod with it. No mistake where it is gone. */
export async function endSession(client: ApiClient, { namespace, job }: StartedSession): Promise<void> {
  const path = `${jobs(namespace)}/${job}?propagationPolicy=Background`;
  const answer = await client.send({ method: 'DELETE', path });
  if (answer.status >= 300 && answer.status !== 404) {
    throw new ClusterError(`The session's Job cannot be deleted: ${messageOf(answer)}`);
  }
}
