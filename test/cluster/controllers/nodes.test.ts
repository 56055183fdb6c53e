import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../../lib/bundle/bundle.ts';
import { agentPatches, type SeenNode, type SeenNodeClaim } from '../../../lib/cluster/controllers/nodes/node-agents.ts';
import { standingNodes } from '../../../lib/cluster/joined-node.ts';
import { loadEnvironment } from '../../../lib/loader/load.ts';
import { synthesize } from '../../../stacks/synth.ts';

async function bundleOf(environment: string): Promise<Bundle> {
  const synthesis = synthesize((await loadEnvironment(environment)).input);
  if (synthesis.kind !== 'accepted') throw new Error(environment);
  return synthesis.bundle;
}

const NOW = Date.parse('2026-11-22T06:00:10Z');
const READY = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-22T06:00:00Z' }];
const startup = new Set(['ebs.csi.aws.com/agent-not-ready']);
const dedicated = { key: 'atelier.dev/dedicated', value: 'gpu', effect: 'NoSchedule' };
const closed = { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' };
const node = (changes: { readonly spec?: object; readonly status?: object } = {}): SeenNode =>
  ({
    metadata: { name: 'n', resourceVersion: '7' },
    spec: { providerID: 'aws:///a/i-1', taints: [dedicated, closed], ...changes.spec },
    status: { conditions: READY, ...changes.status },
  }) as SeenNode;

describe('nodes of a local cluster (NODE-2)', () => {
  it('GIVEN prod WHEN it is applied THEN the least of the system group joins, over all zones, closed until its agents are there', async () => {
    const nodes = standingNodes(await bundleOf('prod'));
    expect(nodes.map(({ metadata }) => metadata.name)).toEqual(['system-1', 'system-2', 'system-3']);
    expect(
      new Set(nodes.map(({ metadata }) => (metadata.labels as Record<string, string>)['topology.kubernetes.io/zone']))
        .size,
    ).toBe(3);
    expect(nodes[0]?.spec.taints).toEqual([
      { key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' },
      { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' },
    ]);
    expect(nodes[0]?.status.allocatable).toMatchObject({ cpu: '7910m', pods: '58' });
  });

  it('GIVEN onprem WHEN it is applied THEN every machine joins with its devices', async () => {
    const nodes = standingNodes(await bundleOf('onprem'));
    expect(nodes.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(['cpu-01', 'cpu-04', 'dgx-01', 'dgx-02', 'gpu-03']),
    );
    const dgx = nodes.find(({ metadata }) => metadata.name === 'dgx-02');
    expect(dgx?.status.allocatable).toMatchObject({ 'nvidia.com/mig-1g.5gb': '16', 'nvidia.com/mig-3g.20gb': '8' });
  });

  it('GIVEN a node that has been ready for a while WHEN its agents are there THEN startup taints go and all others stay', () => {
    const patches = agentPatches(node(), [], startup, NOW);
    expect(patches).toEqual([
      { subresource: '', patch: { metadata: { resourceVersion: '7' }, spec: { taints: [dedicated] } } },
    ]);
    expect(agentPatches(node(), [], startup, Date.parse(READY[0]?.lastTransitionTime ?? '') + 1000)).toEqual([]);
    expect(agentPatches(node({ status: { conditions: [] } }), [], startup, NOW)).toEqual([]);
    const unregistered = { key: 'karpenter.sh/unregistered', effect: 'NoExecute' };
    expect(agentPatches(node({ spec: { taints: [closed, unregistered] } }), [], startup, NOW)).toEqual([]);
    expect(agentPatches(node({ spec: { taints: [dedicated] } }), [], startup, NOW)).toEqual([]);
  });

  it('GIVEN a node of Karpenter WHEN it is written down as registered THEN its startup taints go, with what keeps them from coming again', () => {
    const claim = (conditions: readonly object[]): SeenNodeClaim =>
      ({ status: { providerID: 'aws:///a/i-1', conditions } }) as SeenNodeClaim;
    const registered = (lastTransitionTime: string) => ({ type: 'Registered', status: 'True', lastTransitionTime });
    expect(agentPatches(node(), [claim([])], startup, NOW)).toEqual([]);
    expect(agentPatches(node(), [claim([registered('2026-11-22T06:00:10Z')])], startup, NOW)).toEqual([
      {
        subresource: '',
        patch: {
          metadata: { resourceVersion: '7', labels: { 'karpenter.sh/do-not-sync-taints': 'true' } },
          spec: { taints: [dedicated] },
        },
      },
    ]);
  });

  it('GIVEN what Karpenter planned a node with WHEN the node says otherwise THEN kubelet and device plugin say what was planned', () => {
    const open = { spec: { taints: [] } };
    const claim = {
      status: {
        providerID: 'aws:///a/i-1',
        capacity: { cpu: '4', 'nvidia.com/gpu.shared': '4' },
        allocatable: { cpu: '3920m', pods: '110', 'nvidia.com/gpu.shared': '4', 'vpc.amazonaws.com/pod-eni': '39' },
      },
    };
    const before = {
      capacity: { cpu: '4', 'nvidia.com/gpu': '1' },
      allocatable: { cpu: '3920m', pods: '29', 'nvidia.com/gpu': '1' },
    };
    const [patch, ...others] = agentPatches(
      node({ ...open, status: { ...before, conditions: READY } }),
      [claim],
      startup,
      NOW,
    );
    expect(others).toEqual([]);
    expect(patch).toEqual({
      subresource: '/status',
      patch: {
        status: {
          capacity: { 'nvidia.com/gpu.shared': '4', 'nvidia.com/gpu': null },
          allocatable: { pods: '110', 'nvidia.com/gpu.shared': '4', 'nvidia.com/gpu': null },
        },
      },
    });
    const { 'vpc.amazonaws.com/pod-eni': _, ...allocatable } = claim.status.allocatable;
    const after = { capacity: claim.status.capacity, allocatable, conditions: READY };
    expect(agentPatches(node({ ...open, status: after }), [claim], startup, NOW)).toEqual([]);
    expect(
      agentPatches(
        node({ ...open, status: before }),
        [{ status: { ...claim.status, providerID: 'other' } }],
        startup,
        NOW,
      ),
    ).toEqual([]);
  });
});
