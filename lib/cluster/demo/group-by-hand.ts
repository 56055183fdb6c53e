import { messageOf } from '../api-client.ts';
import { ClusterError } from '../cluster-error.ts';
import { joinNode } from '../join-node.ts';
import { groupNode, groupsOf } from '../joined-node.ts';
import type { DemoOptions } from './options.ts';

/** Starts a node of the pool's first group, as the group would when an autoscaler raises its size. */
export async function joinAsGroup({ client, bundle, profile, tell }: DemoOptions): Promise<void> {
  const group = groupsOf(bundle).find(({ spec }) => spec.pool === profile.pool);
  if (group === undefined)
    throw new ClusterError(`Pool ${profile.pool} has no node group, and nothing adds nodes to it.`);
  const { min, max } = group.spec.scaling;
  if (min >= max) throw new ClusterError(`Node group ${group.name} cannot grow: it has ${min} nodes of ${max}.`);
  const node = groupNode(bundle.platform, group, min + 1);
  tell('demo', `raises node group ${group.name} from ${min} to ${min + 1} of ${max}, as cluster-autoscaler would`);
  await joinNode(client, node, bundle.platform.environment.startupTaints);
}

/** Takes the nodes out again, as the group would when its size is lowered. */
export async function leaveAsGroup({ client, tell }: DemoOptions, names: ReadonlySet<string>): Promise<void> {
  for (const name of names) {
    tell('demo', `lowers the node group again, as cluster-autoscaler would: ${name} goes`);
    const answer = await client.send({ method: 'DELETE', path: `/api/v1/nodes/${name}` });
    if (answer.status >= 300) throw new ClusterError(`Node ${name} cannot be removed: ${messageOf(answer)}`);
  }
}
