import { type ApiClient, messageOf } from '../api-client.ts';
import { ClusterError } from '../cluster-error.ts';

const path = (pool: string): string => `/apis/karpenter.sh/v1/nodepools/${pool}`;

async function setIdleTime(client: ApiClient, pool: string, consolidateAfter: string): Promise<void> {
  const answer = await client.send({
    method: 'PATCH',
    path: path(pool),
    body: JSON.stringify({ spec: { disruption: { consolidateAfter } } }),
    contentType: 'application/merge-patch+json',
  });
  if (answer.status >= 300) throw new ClusterError(`NodePool ${pool} cannot be changed: ${messageOf(answer)}`);
}

/** Sets how long nodes of a NodePool may be empty. Returns what it was, as Karpenter writes it, and puts it back. */
export async function changeIdleTime(
  client: ApiClient,
  pool: string,
  seconds: number,
): Promise<{ readonly before: string; readonly restore: () => Promise<void> }> {
  const answer = await client.send({ method: 'GET', path: path(pool) });
  if (answer.status !== 200) throw new ClusterError(`NodePool ${pool}: ${messageOf(answer)}`);
  const { spec } = answer.body as { readonly spec: { readonly disruption: { readonly consolidateAfter: string } } };
  const before = spec.disruption.consolidateAfter;
  await setIdleTime(client, pool, `${seconds}s`);
  return { before, restore: () => setIdleTime(client, pool, before) };
}
