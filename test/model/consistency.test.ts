import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { cloudInput } from '../fixtures/cloud.ts';
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

  test('GIVEN a load balancer controller where it cannot be THEN its place is named (CLOUD-1)', () => {
    const controller = { kind: 'aws-load-balancer-controller' } as const;
    const vpcId = 'vpc-0a1b2c3d4e5f60718';
    const found = (base: EnvironmentInput, stated: EnvironmentInput['ingressController']) =>
      findingsAfter((draft) => {
        draft.ingressController = stated;
      }, base);
    expect(found(onPremisesInput({ tenants: [] }), controller)).toEqual(['REF008 ingressController.kind']);
    expect(found(eksInput(), controller)).toEqual(['REF008 ingressController.vpcId']);
    expect(found(cloudInput(), { ...controller, vpcId })).toEqual(['REF008 ingressController.vpcId']);
    expect(found(eksInput(), { ...controller, vpcId })).toEqual([]);
    expect(found(cloudInput(), controller)).toEqual([]);
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
