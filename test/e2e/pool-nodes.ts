import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { isTrue, nodesOf } from '../../lib/cluster/demo/seen.ts';
import { joinNode } from '../../lib/cluster/join-node.ts';
import type { JoinedNode } from '../../lib/cluster/joined-node.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { emptyNodes } from '../../lib/scheduling/empty-nodes.ts';
import { poolOf } from './cluster-nodes.ts';
import { eventually } from './requests.ts';

const HOSTNAME = 'kubernetes.io/hostname';

/** Joins equal nodes of a pool by hand, and waits until pods may go there; gives their names. */
export async function joinPoolNodes(
  client: ApiClient,
  platform: Platform,
  pool: string,
  type: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const model = emptyNodes(poolOf(platform, pool)).nodes.find(({ metadata }) => metadata.name === type);
  if (model === undefined) throw new Error(`pool ${pool} has no ${type}`);
  const { allocatable = {} } = model.status ?? {};
  const quantities = Object.fromEntries(Object.entries(allocatable).map(([name, amount]) => [name, String(amount)]));
  for (const name of names) {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { ...model.metadata.labels, [HOSTNAME]: name } },
      spec: { taints: (model.spec?.taints ?? []).map((taint) => ({ ...taint })) },
      status: { capacity: quantities, allocatable: quantities },
    } as JoinedNode;
    await joinNode(client, node, []);
  }
  const open = await eventually(
    async () =>
      (await nodesOf(client)).filter(
        ({ metadata, spec, status }) =>
          names.includes(metadata.name) &&
          isTrue(status.conditions, 'Ready') &&
          !spec.taints?.some(({ key }) => key.startsWith('node.kubernetes.io/')),
      ),
    (nodes) => nodes.length === names.length,
  );
  if (open.length < names.length) throw new Error(`${open.length} of ${names.length} nodes of ${pool} are ready`);
  return names;
}
