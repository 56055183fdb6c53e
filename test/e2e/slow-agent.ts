import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { nodeClaimsOf } from '../../lib/cluster/demo/seen.ts';
import { nodesOfPool } from './cluster-nodes.ts';
import { patch } from './requests.ts';

interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** Cilium's operator closes every new node, and its agent opens the node once it is ready. */
export const CILIUM: Taint = { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' };

/** How long nodes are waited for at most. */
const PATIENCE_MS = 150_000;

/**
 * Closes the new nodes of the pools, and opens none, for some seconds after the first one, and until enough is seen.
 * Returns how many NodeClaims each pool had at most.
 */
export async function whileClosed(
  client: ApiClient,
  pools: readonly string[],
  seconds: number,
  isEnough: (most: ReadonlyMap<string, number>) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const most = new Map<string, number>();
  let first: number | undefined;
  const isOver = (): boolean => first !== undefined && Date.now() - first > seconds * 1000 && isEnough(most);
  for (const began = Date.now(); !isOver() && Date.now() - began < PATIENCE_MS; await sleep(100)) {
    const claims = await nodeClaimsOf(client);
    for (const pool of pools) {
      const count = claims.filter(({ metadata }) => metadata.labels?.['karpenter.sh/nodepool'] === pool).length;
      most.set(pool, Math.max(most.get(pool) ?? 0, count));
      for (const { metadata, spec } of await nodesOfPool(client, pool)) {
        const taints = spec.taints ?? [];
        if (taints.some(({ key }) => key === CILIUM.key)) continue;
        first ??= Date.now();
        await patch(client, `/api/v1/nodes/${metadata.name}`, { spec: { taints: [...taints, CILIUM] } } as never);
      }
    }
  }
  return most;
}

/** The agent is ready on every node of the pools. */
export async function openNodes(client: ApiClient, pools: readonly string[]): Promise<void> {
  for (const pool of pools) {
    for (const { metadata, spec } of await nodesOfPool(client, pool)) {
      const taints = (spec.taints ?? []).filter(({ key }) => key !== CILIUM.key);
      await patch(client, `/api/v1/nodes/${metadata.name}`, { spec: { taints } } as never);
    }
  }
}
