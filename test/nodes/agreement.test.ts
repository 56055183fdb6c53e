import { describe, expect, test } from 'vitest';
import { ClusterAutoscaler } from '../../lib/nodes/cluster-autoscaler.ts';
import type { ClusterAutoscalerValues } from '../../lib/nodes/cluster-autoscaler-values.ts';
import { KarpenterPools } from '../../lib/nodes/karpenter-pools.ts';
import { ManagedNodeGroups } from '../../lib/nodes/managed-node-groups.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';
import { type DescribedGroup, imagineNode, type SeenNode } from './imagined-node.ts';
import { inManagedGroup } from './in-managed-group.ts';
import { planNode } from './karpenter-node.ts';
import { samplePools, startupTaints } from './sample-pools.ts';

const input = { nodePools: [...samplePools], startupTaints };
const karpenter = platformOf(eksInput(input));
const autoscaler = platformOf(eksInput({ ...input, autoscaler: { kind: 'cluster-autoscaler' } }));

const planned = synthesize((scope) => new KarpenterPools(scope, 'pools', { platform: karpenter }));
const groups = synthesize((scope) => new ManagedNodeGroups(scope, 'groups', { platform: autoscaler }));
const releases = synthesize((scope) => new ClusterAutoscaler(scope, 'autoscaler', { platform: autoscaler })).releases;
const values = releases.find(({ name }) => name === 'cluster-autoscaler')?.values as unknown as ClusterAutoscalerValues;

/** Only the autoscalers need it, so no session may ask for it. */
const ACCELERATOR = 'k8s.amazonaws.com/accelerator';

function groupOf(pool: string): DescribedGroup & { readonly zones: readonly string[] } {
  const group = groups.cloud.find(({ spec }) => spec.pool === pool);
  if (!group) throw new Error(`no group of ${pool}`);
  return group.spec as unknown as DescribedGroup;
}

function kubernetesNode(pool: string, zone: string): SeenNode {
  const { [pool]: nodePool } = manifestsOf(planned, 'NodePool');
  const { [pool]: nodeClass } = manifestsOf(planned, 'EC2NodeClass');
  const type = groupOf(pool).instanceTypes[0] ?? '';
  if (!nodePool || !nodeClass) throw new Error(`no NodePool ${pool}`);
  return planNode(nodePool, nodeClass, Object.values(manifestsOf(planned, 'NodeOverlay')), type, zone);
}

const withoutZeros = (resources: Readonly<Record<string, number>>): object =>
  Object.fromEntries(Object.entries(resources).filter(([, count]) => count !== 0));

describe('NODE-2 one pool through Karpenter and through cluster-autoscaler', () => {
  const pools = samplePools.filter(({ role }) => role !== 'system').map(({ name }) => name);

  test.each(pools)(
    'GIVEN %s WHEN both plan its first node THEN taints and allocatable are the same, but for the pods that EKS allows',
    (pool) => {
      const group = groupOf(pool);
      const imagined = imagineNode(group, values.customArgs, true);
      const plan = kubernetesNode(pool, group.zones[0] ?? '');
      expect(imagined.taints).toEqual(plan.taints);
      expect(withoutZeros(imagined.allocatable)).toEqual(withoutZeros(inManagedGroup(plan.allocatable)));
    },
  );

  test.each(pools)('GIVEN %s WHEN both plan its first node THEN both have every label of the pool', (pool) => {
    const group = groupOf(pool);
    const plan = kubernetesNode(pool, group.zones[0] ?? '');
    const imagined = imagineNode(group, values.customArgs, true);
    const { 'karpenter.sh/nodepool': _, ...shared } = plan.labels;
    expect(imagined.labels).toMatchObject(shared);
    const own = autoscaler.pools.find(({ name }) => name === pool)?.labels ?? {};
    const { [ACCELERATOR]: __, ...everywhere } = own;
    expect(plan.labels).toMatchObject(everywhere);
    expect(imagined.labels).toMatchObject(own);
  });

  test.each(pools)('GIVEN %s WHEN EKS does not answer THEN the tags alone give the same node', (pool) => {
    const group = groupOf(pool);
    const alone = imagineNode(group, values.customArgs, false);
    const described = imagineNode(group, values.customArgs, true);
    expect(alone).toEqual(described);
  });

  test.each(pools)('GIVEN %s WHEN a node is imagined THEN it is the pool of the model', (pool) => {
    const model = autoscaler.pools.find(({ name }) => name === pool);
    const [node] = model?.nodes ?? [];
    const { taints, allocatable } = imagineNode(groupOf(pool), values.customArgs, false);
    expect(taints).toEqual(model?.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).sort());
    expect(withoutZeros(allocatable)).toEqual({
      cpu: node?.allocatable.millicpu,
      memory: node?.allocatable.memoryBytes,
      'ephemeral-storage': node?.allocatable.ephemeralBytes,
      pods: node?.allocatable.pods,
      ...node?.devices,
    });
  });

  test('GIVEN no flags for startup taints WHEN EKS answers THEN they would repel every session (NODE-4)', () => {
    const { taints } = imagineNode(groupOf('cpu'), [], true);
    expect(taints).toContain('ebs.csi.aws.com/agent-not-ready=:NoExecute');
    expect(imagineNode(groupOf('cpu'), values.customArgs, true).taints).toEqual([]);
  });
});
