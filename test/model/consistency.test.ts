import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { eksInput, onPremisesInput } from '../fixtures/environment.ts';
import { type Draft, findingsAfter, named } from '../fixtures/mutate.ts';

type Change = (draft: Draft<EnvironmentInput>) => void;

const ec2 = (draft: Draft<EnvironmentInput>, pool: string) => {
  const { capacity } = named(draft.nodePools, pool);
  if (capacity.kind !== 'ec2') throw new Error(`Pool ${pool} of the fixture is not EC2.`);
  return capacity;
};

const CASES: readonly (readonly [string, string, Change])[] = [
  [
    'a profile that is packed by nobody (NODE-6)',
    'REF015 sessionProfiles.gpu.scheduler',
    (draft) => {
      named(draft.sessionProfiles, 'gpu').scheduler = 'packing';
    },
  ],
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
    'warm capacity at no time (NODE-9)',
    'REF006 sessionProfiles.gpu.warmCapacity.schedule.to',
    (draft) => {
      const schedule = { days: ['mon' as const], from: '18:00', to: '08:00' };
      named(draft.sessionProfiles, 'gpu').warmCapacity = { sessions: 1, schedule };
    },
  ],
  [
    'two pools of one name',
    'REF001 nodePools[3].name',
    (draft) => draft.nodePools.push({ ...named(draft.nodePools, 'gpu') }),
  ],
  [
    'two tenants of one name at different places',
    'REF001 tenants.b.name',
    (draft) => (draft.tenants = [{ name: 'a', children: [{ name: 'b' }] }, { name: 'b' }]),
  ],
  [
    'two namespaces of one name',
    'REF001 workbench.sessionNamespace',
    (draft) => {
      draft.workbench.sessionNamespace = 'kyverno';
    },
  ],
  [
    'a profile on an unknown pool (NODE-1: a constraint without pool)',
    'REF002 sessionProfiles.gpu.pool',
    (draft) => {
      named(draft.sessionProfiles, 'gpu').pool = 'gpus';
    },
  ],
  [
    'a profile with an unknown image',
    'REF003 sessionProfiles.gpu.images[0]',
    (draft) => {
      named(draft.sessionProfiles, 'gpu').images = ['cudaa'];
    },
  ],
  [
    'a tag that is not fixed',
    'REF003 images.base.tag',
    (draft) => {
      named(draft.images, 'base').tag = 'latest';
    },
  ],
  [
    'a profile offered to an unknown group (WB-1)',
    'REF004 sessionProfiles.gpu.offeredTo.groups[0]',
    (draft) => {
      named(draft.sessionProfiles, 'gpu').offeredTo = { groups: ['gpu-user'] };
    },
  ],
  [
    'a profile offered to nobody',
    'REF004 sessionProfiles.gpu.offeredTo',
    (draft) => {
      named(draft.sessionProfiles, 'gpu').offeredTo = {};
    },
  ],
  [
    'groups that include each other',
    'REF004 groups.data-science.includes[0]',
    (draft) => {
      draft.groups = [
        { name: 'data-science', includes: ['gpu-users'] },
        { name: 'gpu-users', includes: [] },
      ];
      named(draft.groups, 'gpu-users').includes = ['data-science'];
    },
  ],
  [
    'an unknown priority class',
    'REF005 sessionProfiles.gpu.priorityClass',
    (draft) => {
      named(draft.sessionProfiles, 'gpu').priorityClass = 'atelier-curse';
    },
  ],
  [
    'a reservation for an unknown course (PRI-3)',
    'REF006 reservations.r.course',
    (draft) => {
      draft.reservations = [{ name: 'r', course: 'gpuu', gpus: 1, days: ['mon'], from: '09:00', to: '10:00' }];
    },
  ],
  [
    'a reservation that ends before it starts (PRI-3)',
    'REF006 reservations.r.to',
    (draft) => {
      draft.reservations = [{ name: 'r', course: 'gpu', gpus: 1, days: ['mon'], from: '10:00', to: '09:00' }];
    },
  ],
  [
    'a reservation in an unknown time zone (PRI-3)',
    'REF006 reservations.r.timeZone',
    (draft) => {
      draft.reservations = [
        { name: 'r', course: 'gpu', gpus: 1, days: ['mon'], from: '09:00', to: '10:00', timeZone: 'Europe/Berln' },
      ];
    },
  ],
  [
    'an unknown instance type',
    'REF007 nodePools.gpu.capacity.instanceTypes[0]',
    (draft) => {
      ec2(draft, 'gpu').instanceTypes = ['g5.xlarg'];
    },
  ],
  [
    'types of several GPU models in one pool',
    'REF007 nodePools.gpu.capacity.instanceTypes',
    (draft) => {
      ec2(draft, 'gpu').instanceTypes = ['g5.xlarge', 'g6.xlarge'];
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
    'an unknown storage class',
    'REF010 storage.block',
    (draft) => {
      draft.storage.block = 'gp2';
    },
  ],
  [
    'shared state on a volume of one node',
    'REF010 storage.shared',
    (draft) => {
      draft.storage.shared = 'gp3';
    },
  ],
  [
    'several servers on SQLite (WB-4)',
    'REF011 workbench.database.kind',
    (draft) => {
      draft.workbench.replicas = 2;
    },
  ],
  [
    'a tenant in the place of the platform',
    'REF012 tenants.kyverno.name',
    (draft) => {
      draft.tenants = [{ name: 'kyverno' }];
    },
  ],
  [
    'a tenant in the place of Kubernetes',
    'REF012 tenants.kube-flannel.name',
    (draft) => {
      draft.tenants = [{ name: 'kube-flannel' }];
    },
  ],
  [
    'a ladder that goes down (PRI-1)',
    'REF013 priorities.high.value',
    (draft) => {
      draft.priorities = [
        {
          name: 'low',
          value: 5,
          default: true,
          tiers: ['platform', 'tenant', 'session', 'course', 'reservation'],
          description: 'l',
        },
        { name: 'high', value: 5, tiers: [], description: 'h' },
      ];
    },
  ],
  [
    'an exception for nobody (POL-3)',
    'REF014 policies.exceptions.e.namespace',
    (draft) => {
      draft.policies = { exceptions: [{ name: 'e', policy: 'pod-ceiling', namespace: 'visoin', reason: 'r' }] };
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
    'two reservations of one name (PRI-3)',
    'REF001 reservations[1].name',
    (draft) => {
      const r = { name: 'r', course: 'gpu', gpus: 1, days: ['mon' as const], from: '09:00', to: '10:00' };
      draft.reservations = [r, { ...r }];
    },
  ],
  [
    'two exceptions of one name (POL-3)',
    'REF001 policies.exceptions[1].name',
    (draft) => {
      const e = { name: 'e', policy: 'pod-ceiling' as const, namespace: 'vision', reason: 'r' };
      draft.policies = { exceptions: [e, { ...e }] };
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

describe('parts of an environment that do not agree are named', () => {
  test.each(CASES)('%s: %s', (_, expected, change) => {
    expect(findingsAfter(change)).toContain(expected);
  });

  test('GIVEN MIG pools of two strategies THEN the second is refused (GPU-2)', () => {
    const findings = findingsAfter(
      (draft) => {
        draft.nodePools.push({
          ...named(draft.nodePools, 'gpu'),
          name: 'other',
          sharing: { kind: 'mig', strategy: 'single', layout: { '1g.5gb': 7 } },
          capacity: {
            kind: 'static',
            nodes: ['a100-9'],
            machine: { cpu: 8, memory: '64Gi', gpu: { model: 'A100-40GB', count: 1 } },
          },
        });
      },
      onPremisesInput({ tenants: [] }),
    );
    expect(findings).toEqual(['REF008 nodePools.other.sharing.strategy']);
  });

  test('GIVEN a node in two pools THEN it is named (NODE-2)', () => {
    const findings = findingsAfter(
      (draft) => {
        const { capacity } = named(draft.nodePools, 't4');
        if (capacity.kind === 'static') capacity.nodes.push('cpu-1');
      },
      onPremisesInput({ tenants: [] }),
    );
    expect(findings).toEqual(['REF001 nodePools.t4.capacity.nodes[2]']);
  });

  test('the fixture itself is consistent', () => {
    expect(findingsAfter(() => undefined, eksInput())).toEqual([]);
  });
});
