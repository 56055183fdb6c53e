import { describe, expect, it } from 'vitest';
import { isLeaving, isOpen, launchedInstance, offered, startingTaints } from '../../../lib/cluster/demo/node-story.ts';
import type { SeenNode, SeenNodeClaim } from '../../../lib/cluster/demo/seen.ts';

const metadata = { name: 'n', uid: '1', creationTimestamp: '2026-11-22T06:00:00Z' };
const labels = {
  'node.kubernetes.io/instance-type': 'g6.xlarge',
  'karpenter.sh/capacity-type': 'on-demand',
  'topology.kubernetes.io/zone': 'eu-central-1a',
};
const startup = new Set(['ebs.csi.aws.com/agent-not-ready']);

function node(taints: readonly string[], ready = true): SeenNode {
  return {
    metadata: { ...metadata, labels },
    spec: { taints: taints.map((key) => ({ key, effect: 'NoSchedule' })) },
    status: {
      allocatable: { cpu: '3920m', memory: '14162Mi', 'nvidia.com/gpu': '1', 'nvidia.com/gpu.shared': '0', pods: '58' },
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

describe('what the demo tells of nodes (PROVE-5)', () => {
  it('GIVEN a NodeClaim WHEN an instance is launched THEN type, kind, zone and list price are told, and nothing before', () => {
    const claim: SeenNodeClaim = { metadata: { ...metadata, labels }, status: { providerID: 'aws:///a/i-1' } };
    expect(launchedInstance(claim)).toBe('g6.xlarge, on-demand, eu-central-1a, 0.805 USD/h');
    expect(launchedInstance({ metadata: { ...metadata, labels } })).toBeUndefined();
    const unknown = { ...labels, 'node.kubernetes.io/instance-type': 'x9.huge' };
    expect(launchedInstance({ ...claim, metadata: { ...metadata, labels: unknown } })).toBe(
      'x9.huge, on-demand, eu-central-1a',
    );
  });

  it('GIVEN a node WHEN its taints change THEN it is closed while agents start, open to its pool, and leaving in the end', () => {
    expect(offered(node([]))).toBe('3.92 CPU, 13.8 GiB, nvidia.com/gpu: 1');
    const starting = node(['atelier.dev/dedicated', 'ebs.csi.aws.com/agent-not-ready']);
    expect([startingTaints(starting, startup), isOpen(starting, startup)]).toEqual([[...startup], false]);
    expect(isOpen(node(['atelier.dev/dedicated']), startup)).toBe(true);
    expect(isOpen(node(['karpenter.sh/unregistered']), startup)).toBe(false);
    expect(isOpen(node(['node.kubernetes.io/not-ready']), startup)).toBe(false);
    expect(isOpen(node([], false), startup)).toBe(false);
    expect(
      [node(['karpenter.sh/disrupted']), node(['ToBeDeletedByClusterAutoscaler']), node([])].map(isLeaving),
    ).toEqual([true, true, false]);
  });
});
