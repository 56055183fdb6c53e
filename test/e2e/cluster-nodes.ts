import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { nodeClaimsOf, nodesOf, type SeenNode, type SeenNodeClaim } from '../../lib/cluster/demo/seen.ts';
import type { Platform } from '../../lib/model/platform.ts';
import type { Pool, PoolNode } from '../../lib/model/pool.ts';
import { type SeenNode as PlainNode, quantity } from '../nodes/imagined-node.ts';
import { eventually } from './requests.ts';

const POOL = 'atelier.dev/node-pool';
const TYPE = 'node.kubernetes.io/instance-type';

export function poolOf({ pools }: Platform, name: string): Pool {
  const pool = pools.find((each) => each.name === name);
  if (pool === undefined) throw new Error(`no pool ${name}`);
  return pool;
}

export const nodesOfPool = async (client: ApiClient, pool: string): Promise<readonly SeenNode[]> =>
  (await nodesOf(client)).filter(({ metadata }) => metadata.labels?.[POOL] === pool);

/** Quantities as numbers, without those of 0. */
export function amounts(resources: Readonly<Record<string, string>> = {}): Readonly<Record<string, number>> {
  const entries = Object.entries(resources).map(([name, text]) => [name, quantity(name, text)] as const);
  return Object.fromEntries(entries.filter(([, amount]) => amount !== 0));
}

/** What Karpenter planned, without what only the VPC resource controller would advertise. */
export function planned({ status }: SeenNodeClaim): Readonly<Record<string, number>> {
  const { 'vpc.amazonaws.com/pod-eni': _, ...rest } = amounts(status?.allocatable);
  return rest;
}

/** What the model says that a node of the type offers (NODE-5). */
export function modelled(pool: Pool, type: string): Readonly<Record<string, number>> {
  const node: PoolNode | undefined = pool.nodes.find((each) => each.type === type);
  if (node === undefined) throw new Error(`pool ${pool.name} has no ${type}`);
  const { millicpu, memoryBytes, ephemeralBytes, pods } = node.allocatable;
  return { cpu: millicpu, memory: memoryBytes, 'ephemeral-storage': ephemeralBytes, pods, ...node.devices };
}

/** A node of the API server in the words of the scheduler. */
export function plain({ metadata, spec, status }: SeenNode): PlainNode {
  const taints = (spec.taints ?? []).map(({ key, value = '', effect }) => `${key}=${value}:${effect}`);
  return { labels: metadata.labels ?? {}, taints: taints.sort(), allocatable: amounts(status.allocatable) };
}

export const instanceType = ({ metadata }: Pick<SeenNode, 'metadata'>): string => metadata.labels?.[TYPE] ?? '';

/** Waits until Karpenter has no node and no NodeClaim left. */
export async function untilNoNodeOfKarpenter(client: ApiClient): Promise<void> {
  const left = await eventually(
    async () => [
      ...(await nodeClaimsOf(client)).map(({ metadata }) => metadata.name),
      ...(await nodesOf(client)).flatMap(({ metadata }) =>
        'karpenter.sh/nodepool' in (metadata.labels ?? {}) ? [metadata.name] : [],
      ),
    ],
    (names) => names.length === 0,
  );
  if (left.length > 0) throw new Error(`still there: ${left.join(', ')}`);
}
