import { describe, expect, it } from 'vitest';
import type { ApiClient, ApiRequest } from '../../../lib/cluster/api-client.ts';
import { joinAsGroup, leaveAsGroup } from '../../../lib/cluster/demo/group-by-hand.ts';
import type { DemoOptions } from '../../../lib/cluster/demo/options.ts';
import { loadEnvironment } from '../../../lib/loader/load.ts';
import { synthesize } from '../../../stacks/synth.ts';

/** A demo of staging on a server that accepts everything. */
async function demoOf(profileName: string) {
  const synthesis = synthesize((await loadEnvironment('staging')).input);
  if (synthesis.kind !== 'accepted') throw new Error('staging');
  const { bundle } = synthesis;
  const profile = bundle.platform.profiles.find(({ name }) => name === profileName);
  if (profile === undefined) throw new Error(profileName);
  const requests: ApiRequest[] = [];
  const told: string[] = [];
  const client: ApiClient = {
    send: (request) => {
      requests.push(request);
      return Promise.resolve({ status: request.method === 'POST' ? 201 : 200, body: {}, warnings: [] });
    },
    close: () => {},
  };
  const tell: DemoOptions['tell'] = (_, text) => told.push(text);
  return { options: { client, bundle, profile, tell } as DemoOptions, requests, told };
}

describe('a node group that the demo resizes in place of cluster-autoscaler (NODE-2)', () => {
  it('GIVEN an empty group WHEN it grows THEN the node of its plan joins, and WHEN it shrinks THEN that node goes', async () => {
    const { options, requests, told } = await demoOf('gpu-small');
    await joinAsGroup(options);
    expect(told).toEqual(['raises node group gpu-eu-central-1a from 0 to 1 of 1, as cluster-autoscaler would']);
    const node = JSON.parse(requests[0]?.body ?? '');
    expect(node).toMatchObject({
      metadata: {
        name: 'gpu-eu-central-1a-1',
        labels: {
          'atelier.dev/node-pool': 'gpu',
          'eks.amazonaws.com/nodegroup': 'gpu-eu-central-1a',
          'k8s.amazonaws.com/accelerator': 'nvidia-a10g',
          'node.kubernetes.io/instance-type': 'g5.xlarge',
          'topology.kubernetes.io/zone': 'eu-central-1a',
        },
      },
      status: { allocatable: { cpu: '3920m', 'nvidia.com/gpu': '1' } },
    });
    expect(node.spec.taints).toEqual([
      { key: 'atelier.dev/dedicated', value: 'gpu', effect: 'NoSchedule' },
      { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' },
      { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' },
    ]);
    await leaveAsGroup(options, new Set(['gpu-eu-central-1a-1']));
    expect(requests.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/v1/nodes/gpu-eu-central-1a-1' });
  });

  it('GIVEN a pool without a group WHEN a node is wanted THEN the demo says that nothing adds any', async () => {
    const { options } = await demoOf('gpu-small');
    const bundle = { ...options.bundle, cloud: [] };
    await expect(joinAsGroup({ ...options, bundle })).rejects.toThrow('Pool gpu has no node group');
  });
});
