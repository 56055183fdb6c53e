import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { type Draft, findingsAfter, named } from '../fixtures/mutate.ts';

type Change = (draft: Draft<EnvironmentInput>) => void;

const ec2 = (draft: Draft<EnvironmentInput>, pool: string) => {
  const { capacity } = named(draft.nodePools, pool);
  if (capacity.kind !== 'ec2') throw new Error(`Pool ${pool} of the fixture is not EC2.`);
  return capacity;
};

const CASES: readonly (readonly [string, string, Change])[] = [
  [
    'a control plane that nobody can configure (NODE-6)',
    'REF008 packingScheduler.kind',
    (draft) => {
      draft.packingScheduler = { kind: 'control-plane' };
    },
  ],
  [
    'warm capacity where nodes are always there (NODE-9)',
    'REF008 sessionProfiles.gpu.warmCapacity',
    (draft) => {
      draft.autoscaler = { kind: 'none' };
      named(draft.sessionProfiles, 'gpu').warmCapacity = { sessions: 1 };
    },
  ],
  [
    'warm capacity on machines beside an autoscaler (NODE-9)',
    'REF008 sessionProfiles.gpu.warmCapacity',
    (draft) => {
      const machine = { cpu: 30, memory: '120Gi', gpu: { model: 'T4', count: 2 } };
      named(draft.nodePools, 'gpu').capacity = { kind: 'static', nodes: ['one'], machine };
      named(draft.sessionProfiles, 'gpu').warmCapacity = { sessions: 1 };
    },
  ],
  [
    'EC2 without a cloud',
    'REF008 nodePools.system.capacity',
    (draft) => {
      draft.cluster = { kind: 'on-premises', name: 'test' };
    },
  ],
  [
    'a zone the cluster has not',
    'REF008 nodePools.gpu.capacity.zones[0]',
    (draft) => {
      ec2(draft, 'gpu').zones = ['eu-central-1d'];
    },
  ],
  [
    'a minimum that Karpenter cannot keep (NODE-2)',
    'REF008 nodePools.gpu.capacity.min',
    (draft) => {
      ec2(draft, 'gpu').min = 1;
    },
  ],
  [
    'GPUs on a general pool (NODE-1)',
    'REF008 nodePools.gpu.role',
    (draft) => {
      named(draft.nodePools, 'gpu').role = 'general';
    },
  ],
  [
    'sharing without a GPU',
    'REF008 nodePools.cpu.sharing',
    (draft) => {
      named(draft.nodePools, 'cpu').sharing = { kind: 'time-slicing', replicas: 2 };
    },
  ],
  [
    'sharing on a pool for large training (GPU-3)',
    'REF008 nodePools.gpu.sharing',
    (draft) => {
      Object.assign(named(draft.nodePools, 'gpu'), {
        largeTraining: true,
        sharing: { kind: 'time-slicing', replicas: 2 },
      });
    },
  ],
  [
    'more nodes at least than at most',
    'REF009 nodePools.system.capacity.min',
    (draft) => {
      ec2(draft, 'system').min = 9;
    },
  ],
  [
    'a limit under its request',
    'REF009 sessionProfiles.small.cpu.limit',
    (draft) => {
      named(draft.sessionProfiles, 'small').cpu = { request: 2, limit: 1 };
    },
  ],
  [
    'fewer nodes than zones with cluster-autoscaler (NODE-2)',
    'REF009 nodePools.cpu.capacity.max',
    (draft) => {
      draft.autoscaler = { kind: 'cluster-autoscaler' };
      ec2(draft, 'cpu').max = 1;
    },
  ],
  [
    'a label that follows from the pool (NODE-1)',
    'REF008 nodePools.gpu.labels["nvidia.com/mig.config"]',
    (draft) => {
      named(draft.nodePools, 'gpu').labels = { 'nvidia.com/mig.config': 'x' };
    },
  ],
  [
    'a taint that follows from the pool (NODE-1)',
    'REF008 nodePools.gpu.taints[0].key',
    (draft) => {
      named(draft.nodePools, 'gpu').taints = [{ key: 'atelier.dev/dedicated', value: 'other', effect: 'NoSchedule' }];
    },
  ],
  [
    'a zone of another region',
    'REF008 cluster.zones[1]',
    (draft) => {
      draft.cluster.zones = ['eu-central-1a', 'us-east-1a'];
    },
  ],
  [
    'a node role that IAM refuses',
    'REF009 cluster',
    (draft) => {
      draft.cluster.name = 'a'.repeat(62);
    },
  ],
  [
    'a default request above the default limit (TEN-1)',
    'REF009 tenancy.podDefaults.request.cpu',
    (draft) => {
      draft.tenancy = { backend: { kind: 'hnc' }, podDefaults: { request: { cpu: 2, memory: '1Gi' } } };
    },
  ],
  [
    'a default limit above the ceiling (POL-3)',
    'REF009 tenants.big.podDefaults.limit.cpu',
    (draft) => {
      draft.tenants = [{ name: 'big', podDefaults: { limit: { cpu: 32, memory: '1Gi' } } }];
    },
  ],
  [
    'a session without CPU',
    'REF009 sessionProfiles.small.cpu',
    (draft) => {
      named(draft.sessionProfiles, 'small').cpu = { request: 0 };
    },
  ],
  [
    'a memory limit under its request',
    'REF009 sessionProfiles.small.memory.limit',
    (draft) => {
      named(draft.sessionProfiles, 'small').memory = { request: '4G', limit: '2G' };
    },
  ],
  [
    'ECR without AWS (WB-7)',
    'REF008 registry.kind',
    (draft) => {
      draft.cluster = { kind: 'on-premises', name: 'test' };
    },
  ],
  [
    'more operations than the volume can do (NODE-10)',
    'REF009 nodePools.gpu.capacity.rootVolume.iops',
    (draft) => {
      ec2(draft, 'gpu').rootVolume = { size: '20Gi', iops: 12_000 };
    },
  ],
  [
    'a label too long for a tag (NODE-2)',
    'REF008 nodePools.system.labels',
    (draft) => {
      named(draft.nodePools, 'system').labels = { [`${'a'.repeat(60)}.example.com/${'b'.repeat(20)}`]: 'x' };
    },
  ],
  [
    'a label that Karpenter sets itself (NODE-1)',
    'REF008 nodePools.gpu.labels["karpenter.sh/capacity-type"]',
    (draft) => {
      named(draft.nodePools, 'gpu').labels = { 'karpenter.sh/capacity-type': 'spot' };
    },
  ],
  [
    'a label that a kubelet may not set (NODE-1)',
    'REF008 nodePools.system.labels["node-role.kubernetes.io/system"]',
    (draft) => {
      named(draft.nodePools, 'system').labels = { 'node-role.kubernetes.io/system': '' };
    },
  ],
  [
    'two taints of one key on a node group (NODE-2)',
    'REF008 nodePools.system.taints[1].key',
    (draft) => {
      named(draft.nodePools, 'system').taints = [
        { key: 'a', effect: 'NoSchedule' },
        { key: 'a', effect: 'NoExecute' },
      ];
    },
  ],
  [
    'a node group of both purchase options (NODE-7)',
    'REF008 nodePools.system.capacity.capacityTypes',
    (draft) => {
      ec2(draft, 'system').capacityTypes = ['spot', 'on-demand'];
    },
  ],
  [
    'a budget of more than all nodes (NODE-8)',
    'REF009 nodePools.gpu.disruption.budgets[0].nodes',
    (draft) => {
      named(draft.nodePools, 'gpu').disruption = { budgets: [{ nodes: '110%' }] };
    },
  ],
  [
    'a budget without an end (NODE-8)',
    'REF008 nodePools.gpu.disruption.budgets[0]',
    (draft) => {
      named(draft.nodePools, 'gpu').disruption = { budgets: [{ nodes: '0', schedule: '0 6 * * *' }] };
    },
  ],
  [
    'fewer system nodes than replicas of Karpenter (NODE-2)',
    'REF009 nodePools.system.capacity.min',
    (draft) => {
      ec2(draft, 'system').min = 1;
    },
  ],
  [
    'no node that Karpenter could run on (NODE-2)',
    'REF008 nodePools',
    (draft) => {
      draft.nodePools = draft.nodePools.filter(({ role }) => role !== 'system');
    },
  ],
  [
    'a root volume smaller than the AMI (NODE-10)',
    'REF009 nodePools.gpu.capacity.rootVolume.size',
    (draft) => {
      ec2(draft, 'gpu').rootVolume = { size: '10Gi' };
    },
  ],
  [
    'throughput that the operations cannot carry (NODE-10)',
    'REF009 nodePools.gpu.capacity.rootVolume.throughput',
    (draft) => {
      ec2(draft, 'gpu').rootVolume = { size: '100Gi', throughput: 1000 };
    },
  ],
  [
    'Bottlerocket on GPU nodes (GPU-4)',
    'REF008 nodePools.gpu.capacity.image.family',
    (draft) => {
      ec2(draft, 'gpu').image = { family: 'bottlerocket', version: '1.50.0' };
    },
  ],
  [
    'two drivers on one node (GPU-4)',
    'REF008 nodePools.gpu.capacity.image.amiId',
    (draft) => {
      draft.gpuSoftware = { kind: 'gpu-operator', driver: 'operator' };
    },
  ],
];

describe('what a cluster or a pool cannot have is named (REF008, REF009)', () => {
  test.each(CASES)('%s: %s', (_, expected, change) => {
    expect(findingsAfter(change)).toContain(expected);
  });
});
