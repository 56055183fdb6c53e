import { type ApiClient, messageOf } from './api-client.ts';
import { ClusterError } from './cluster-error.ts';
import type { JoinedNode } from './joined-node.ts';

const NODES = '/api/v1/nodes';
const CONFLICT = 409;

/**
 * Puts a node into the cluster, as a kubelet does when it registers. One that is there gets the labels, resources and
 * taints, but not those that agents have taken off since.
 */
export async function joinNode(
  client: ApiClient,
  node: JoinedNode,
  startupTaints: readonly { readonly key: string }[],
): Promise<void> {
  const { name, labels } = node.metadata;
  const made = await client.send({ method: 'POST', path: NODES, body: JSON.stringify(node) });
  if (made.status === 201) return;
  if (made.status !== CONFLICT) throw new ClusterError(`Node ${name} cannot join: ${messageOf(made)}`);
  const startup = new Set(startupTaints.map(({ key }) => key));
  const taints = (node.spec.taints as readonly { readonly key: string }[]).filter(({ key }) => !startup.has(key));
  const patches = [
    ['', { metadata: { labels }, spec: { taints } }],
    ['/status', { status: node.status }],
  ] as const;
  for (const [subresource, patch] of patches) {
    const changed = await client.send({
      method: 'PATCH',
      path: `${NODES}/${name}${subresource}`,
      body: JSON.stringify(patch),
      contentType: 'application/merge-patch+json',
    });
    if (changed.status >= 300) throw new ClusterError(`Node ${name} cannot be changed: ${messageOf(changed)}`);
  }
}
