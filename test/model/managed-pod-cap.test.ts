import { expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { managedNodeBootstrap } from '../../lib/nodes/node-bootstrap.ts';
import { managedPools } from '../../lib/nodes/node-source.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';

/** An environment whose pool of sessions is of one type, and may have other settings. */
function withPool(type: string, autoscaler: 'karpenter' | 'cluster-autoscaler', more: object = {}) {
  const input = eksInput({ autoscaler: { kind: autoscaler } } as Partial<EnvironmentInput>);
  const nodePools = input.nodePools.map((pool) =>
    pool.name === 'cpu'
      ? { ...pool, capacity: { kind: 'ec2' as const, instanceTypes: [type] as [string], max: 4, ...more } }
      : pool,
  );
  return platformOf({ ...input, nodePools });
}

const podsOf = (platform: ReturnType<typeof platformOf>): number | undefined =>
  platform.pools.find(({ name }) => name === 'cpu')?.nodes[0]?.allocatable.pods;

const OWN_IMAGE = { image: { amiId: 'ami-0123456789abcdef0' } };

test.each([
  // Addresses for 234 pods and 16 vCPUs; then 234 and 48, 737 and 96, 58 and 8.
  ['m5.4xlarge', 'cluster-autoscaler', {}, 110],
  ['m5.4xlarge', 'karpenter', {}, 234],
  ['m5.4xlarge', 'cluster-autoscaler', OWN_IMAGE, 234],
  ['m5.12xlarge', 'cluster-autoscaler', {}, 234],
  ['m5.24xlarge', 'cluster-autoscaler', {}, 250],
  ['m5.2xlarge', 'cluster-autoscaler', {}, 58],
  ['m5.4xlarge', 'cluster-autoscaler', { maxPods: 200 }, 110],
  ['m5.4xlarge', 'karpenter', { maxPods: 200 }, 200],
] as const)('NODE-5 GIVEN %s of %s with %j WHEN pods are counted THEN there are %i', (type, autoscaler, more, pods) => {
  expect(podsOf(withPool(type, autoscaler, more))).toBe(pods);
});

test('NODE-5 GIVEN more pods than EKS lets there be WHEN a node of the group starts THEN memory is kept for those that may come', () => {
  const platform = withPool('m5.4xlarge', 'cluster-autoscaler', { maxPods: 200 });
  const source = managedPools(platform).find(({ pool }) => pool.name === 'cpu');
  const bootstrap = source && managedNodeBootstrap(platform, source);
  expect(bootstrap).toMatchObject({
    nodeConfig: { spec: { kubelet: { config: { maxPods: 110, kubeReserved: { memory: '1465Mi' } } } } },
  });
});
