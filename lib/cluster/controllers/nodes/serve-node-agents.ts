import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, connect } from '../../api-client.ts';
import { clusterAccess } from '../../kubeconfig.ts';
import { agentPatches, type SeenNode, type SeenNodeClaim } from './node-agents.ts';

const POLL_MS = 500;

async function list<T>(client: ApiClient, path: string): Promise<readonly T[]> {
  const { status, body } = await client.send({ method: 'GET', path: `${path}?resourceVersion=0` });
  // Without Karpenter there are no NodeClaims.
  return status === 200 ? (body as { readonly items: readonly T[] }).items : [];
}

async function workOnce(client: ApiClient, startupTaints: ReadonlySet<string>): Promise<void> {
  const nodes = await list<SeenNode>(client, '/api/v1/nodes');
  const claims = await list<SeenNodeClaim>(client, '/apis/karpenter.sh/v1/nodeclaims');
  for (const node of nodes) {
    for (const { subresource, patch } of agentPatches(node, claims, startupTaints, Date.now())) {
      await client.send({
        method: 'PATCH',
        path: `/api/v1/nodes/${node.metadata.name}${subresource}`,
        body: JSON.stringify(patch),
        contentType: 'application/merge-patch+json',
      });
    }
  }
}

/** Plays kubelets and agents of all nodes until the process is ended; answers on its port. */
export async function serveNodeAgents(
  folder: string,
  apiServer: number,
  port: number,
  startupTaints: readonly string[],
): Promise<void> {
  createServer((_, response) => response.end('ok')).listen(port, '127.0.0.1');
  const client = connect(clusterAccess(folder, 'admin', apiServer));
  for (const taints = new Set(startupTaints); ; await sleep(POLL_MS)) {
    // The API server may start later, or again; what is not done now is done the next time.
    await workOnce(client, taints).catch((error: unknown) => console.error(String(error)));
  }
}
