import { groupNode, groupsOf } from '../../lib/cluster/joined-node.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { ClusterAutoscaler } from '../../lib/nodes/cluster-autoscaler.ts';
import type { ClusterAutoscalerValues } from '../../lib/nodes/cluster-autoscaler-values.ts';
import { ManagedNodeGroups } from '../../lib/nodes/managed-node-groups.ts';
import { platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';
import { type DescribedGroup, imagineNode, type SeenNode } from '../nodes/imagined-node.ts';
import { amounts } from './cluster-nodes.ts';

/** The input with one type and one zone for a pool: a group looks at its first ones, Karpenter at all of them. */
function narrowed(input: EnvironmentInput, name: string, type: string, zone: string): EnvironmentInput {
  const nodePools = input.nodePools.map((pool) =>
    pool.name === name && pool.capacity.kind === 'ec2'
      ? { ...pool, capacity: { ...pool.capacity, instanceTypes: [type] as const, zones: [zone] } }
      : pool,
  );
  return { ...input, nodePools, autoscaler: { kind: 'cluster-autoscaler' } } as EnvironmentInput;
}

/**
 * A pool's node as cluster-autoscaler imagines it before the first one exists, and as a group's first node joins a local
 * cluster, without the taints that its agents take off.
 */
export function nodesOfGroup(
  input: EnvironmentInput,
  pool: string,
  type: string,
  zone: string,
): { readonly imagined: SeenNode; readonly joined: SeenNode } {
  const platform = platformOf(narrowed(input, pool, type, zone));
  const plan = synthesize((scope) => new ManagedNodeGroups(scope, 'groups', { platform }));
  const { releases } = synthesize((scope) => new ClusterAutoscaler(scope, 'autoscaler', { platform }));
  const group = groupsOf(plan).find(({ spec }) => spec.pool === pool);
  if (group === undefined) throw new Error(`${pool} has no group`);
  const values = releases.find(({ name }) => name === 'cluster-autoscaler')
    ?.values as unknown as ClusterAutoscalerValues;
  const imagined = imagineNode(group.spec as unknown as DescribedGroup, values.customArgs, true);
  const { metadata, spec, status } = groupNode(platform, group, 1);
  const startup = new Set(platform.environment.startupTaints.map(({ key }) => key));
  const taints = spec.taints as readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  return {
    imagined: { ...imagined, allocatable: nonZero(imagined.allocatable) },
    joined: {
      labels: metadata.labels as Readonly<Record<string, string>>,
      taints: taints
        .filter(({ key }) => !startup.has(key))
        .map(({ key, value = '', effect }) => `${key}=${value}:${effect}`)
        .sort(),
      allocatable: amounts(status.allocatable as Readonly<Record<string, string>>),
    },
  };
}

function nonZero(resources: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(resources).filter(([, amount]) => amount !== 0));
}
