import { describe, expect, test } from 'vitest';
import { RULES } from '../../lib/checks/registry.ts';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput, onPremisesInput } from '../fixtures/environment.ts';
import { findingsAfter, named } from '../fixtures/mutate.ts';

const OFFICE = { days: ['mon' as const], from: '08:00', to: '18:00' };

/** One change for each rule, and what must be found after it: this and nothing else. */
const MUTATIONS: Readonly<Record<string, () => readonly string[]>> = {
  'NODE001 a pool that no profile uses (NODE-1)': () =>
    findingsAfter((draft) => {
      draft.nodePools.push({
        name: 'idle',
        role: 'dedicated',
        capacity: { kind: 'ec2', instanceTypes: ['m7i.xlarge'], max: 1 },
      });
    }),
  'NODE002 a profile larger than every node of its pool (NODE-5)': () =>
    findingsAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').cpu = { request: 8 };
    }),
  'NODE002 memory that fits the machine, but not beside the DaemonSets (NODE-5)': () =>
    findingsAfter((draft) => {
      named(draft.nodePools, 'gpu').capacity = { kind: 'ec2', instanceTypes: ['g5.xlarge'], max: 4 };
      named(draft.sessionProfiles, 'gpu').memory = { request: '14600M' };
    }),
  'NODE003 a protected session on a spot pool (NODE-7)': () =>
    findingsAfter((draft) => {
      const { capacity } = named(draft.nodePools, 'cpu');
      if (capacity.kind === 'ec2')
        Object.assign(capacity, { capacityTypes: ['spot'], instanceTypes: ['m7i.4xlarge', 'm6i.4xlarge'] });
    }),
  'NODE004 small nodes (NODE-5)': () =>
    findingsAfter((draft) => {
      draft.tenants = [];
      draft.daemonSets = [];
      named(draft.nodePools, 'cpu').capacity = { kind: 'ec2', instanceTypes: ['m7i.large', 't3.medium'], max: 4 };
    }).filter((finding) => !finding.startsWith('NODE005')),
  'NODE005 DaemonSets that take a large part of a node (NODE-5)': () =>
    findingsAfter((draft) => {
      draft.daemonSets = [{ name: 'agent', cpu: 4, pools: ['cpu'] }];
    }),
  'NET004 an Ingress that nobody said anybody serves (CLOUD-1)': () =>
    findingsAfter((draft) => {
      delete draft.ingressController;
    }),
  'NET004 a class that the controller of the environment does not serve (CLOUD-1)': () =>
    findingsAfter((draft) => {
      draft.workbench.ingress = { host: 'workbench.example.org', className: 'nginx', tlsSecret: 'workbench-tls' };
      draft.ingressController = { kind: 'aws-load-balancer-controller', vpcId: 'vpc-0a1b2c3d' };
    }),
  'GPU001 a GPU on a pool without GPUs': () =>
    findingsAfter((draft) => {
      named(draft.sessionProfiles, 'small').gpu = { count: 1 };
    }).filter((finding) => !finding.startsWith('WB00')),
  'GPU001 no GPU on a pool with GPUs': () =>
    findingsAfter((draft) => {
      draft.tenants = [];
      named(draft.sessionProfiles, 'small').pool = 'gpu';
      draft.nodePools = draft.nodePools.filter(({ name }) => name !== 'cpu');
    }),
  'GPU002 a MIG profile the GPU cannot have (GPU-1)': () =>
    findingsAfter(
      (draft) => {
        named(draft.nodePools, 'gpu').sharing = {
          kind: 'mig',
          strategy: 'mixed',
          layout: { '1g.5gb': 1, '1g.12gb': 1 },
        };
      },
      onPremisesInput({ tenants: [] }),
    ),
  'GPU002 a MIG layout that does not fit (GPU-1)': () =>
    findingsAfter(
      (draft) => {
        named(draft.nodePools, 'gpu').sharing = {
          kind: 'mig',
          strategy: 'mixed',
          layout: { '1g.5gb': 1, '3g.20gb': 2 },
        };
      },
      onPremisesInput({ tenants: [] }),
    ),
  'GPU003 a MIG device the pool does not advertise': () =>
    findingsAfter(
      (draft) => {
        named(draft.sessionProfiles, 'gpu').gpu = { count: 1, migProfile: '7g.40gb' };
      },
      onPremisesInput({ tenants: [] }),
    ),
  'GPU003 no MIG device where there are several': () =>
    findingsAfter(
      (draft) => {
        named(draft.sessionProfiles, 'gpu').gpu = { count: 1 };
      },
      onPremisesInput({ tenants: [] }),
    ),
  'GPU004 several shares of a time-sliced GPU (GPU-3)': () =>
    findingsAfter(
      (draft) => {
        named(draft.sessionProfiles, 't4').gpu = { count: 2 };
      },
      onPremisesInput({ tenants: [] }),
    ),
  'NODE006 renamed devices under cluster-autoscaler (GPU-3)': () =>
    findingsAfter((draft) => {
      draft.autoscaler = { kind: 'cluster-autoscaler' };
      draft.tenants = [];
      named(draft.nodePools, 'gpu').capacity = { kind: 'ec2', instanceTypes: ['g5.xlarge'], max: 4 };
      named(draft.nodePools, 'gpu').sharing = { kind: 'time-slicing', replicas: 4 };
    }),
  'WB003 groups that single sign-on does not bring (WB-4)': () =>
    findingsAfter((draft) => {
      draft.workbench.scim = false;
    }),
  'WB004 a user who is a member of no group (WB-1)': () =>
    findingsAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').offeredTo = { groups: ['gpu-users'], users: ['alice'] };
    }),
  'WB001 a GPU profile that may idle too long (WB-5)': () =>
    findingsAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').idleTimeout = '5h';
    }),
  'WB001 an editor that lets a GPU idle too long (WB-5)': () =>
    findingsAfter((draft) => {
      draft.workbench.timeouts = { vscode: '12h' };
    }),
  'WB005 a GPU that nothing takes back (WB-5)': () =>
    findingsAfter((draft) => {
      delete named(draft.sessionProfiles, 'gpu').maxLifetime;
    }),
  'WB001 a lifetime above the limit does not make up for idling (WB-5)': () =>
    findingsAfter((draft) => {
      draft.workbench.timeouts = { positron: '12h' };
      named(draft.sessionProfiles, 'gpu').maxLifetime = '5h';
    }),
  'WB002 an image without CUDA for a GPU': () =>
    findingsAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').images = ['base'];
    }),
  'TEN001 a quota under one default pod (TEN-3)': () =>
    findingsAfter((draft) => {
      draft.tenants = [{ name: 'tiny', quota: { cpu: '100m', memory: '1Gi' } }];
    }),
  'TEN002 a child over its parent (TEN-3)': () =>
    findingsAfter((draft) => {
      draft.tenants = [
        { name: 'top', quota: { cpu: 4 }, children: [{ name: 'mid', children: [{ name: 'low', quota: { cpu: 5 } }] }] },
      ];
    }),
  'TEN003 GPUs that no pool can provide (TEN-3)': () =>
    findingsAfter((draft) => {
      draft.tenants = [{ name: 'greedy', quota: { gpus: 5 } }];
    }),
  'TEN004 a folder whose quota plain namespaces cannot share (TEN-2)': () =>
    findingsAfter((draft) => {
      draft.tenancy = { backend: { kind: 'plain' } };
      draft.tenants = [{ name: 'top', kind: 'folder', quota: { cpu: 4 }, children: [{ name: 'low' }] }];
    }),
  'TEN004 shares of memory that add up to more than there is (TEN-2)': () =>
    findingsAfter((draft) => {
      draft.tenancy = { backend: { kind: 'plain' } };
      const children = ['one', 'two'].map((name) => ({ name, quota: { memory: '3Gi' } }));
      draft.tenants = [{ name: 'top', quota: { memory: '4Gi' }, children }];
    }),
  'TEN002 a child over the nearest limit, though under the highest (TEN-3)': () =>
    findingsAfter((draft) => {
      const low = { name: 'low', quota: { cpu: 5 } };
      draft.tenants = [
        { name: 'top', quota: { cpu: 9 }, children: [{ name: 'mid', quota: { cpu: 4 }, children: [low] }] },
      ];
    }),
  'NODE002 a node whose pods are all DaemonSets (NODE-5)': () =>
    findingsAfter((draft) => {
      const { capacity } = named(draft.nodePools, 'gpu');
      if (capacity.kind === 'ec2') capacity.maxPods = 10;
    }),
  'TEN005 a subtree that HNC can only label as one (TEN-2)': () =>
    findingsAfter((draft) => {
      draft.tenants = [
        { name: 'top', quota: { gpus: 2 }, selfService: true, children: [{ name: 'low', quota: { gpus: 0 } }] },
      ];
    }),
  'TEN006 Spark larger than the quota of its namespace (NODE-7)': () =>
    findingsAfter((draft) => {
      draft.spark = {
        image: 'registry.example.org/spark:4.0.1',
        namespaces: ['teaching'],
        driver: { pool: 'cpu', cpu: 1, memory: '4Gi' },
        executors: { pool: 'cpu', cpu: 8, memory: '14Gi', max: 4 },
      };
    }),
  'TEN007 trees that are promised more GPUs together than there are (TEN-3)': () =>
    findingsAfter((draft) => {
      draft.tenants = ['a', 'b'].map((name) => ({ name, kind: 'folder' as const, quota: { gpus: 3 } }));
    }),
  'TEN007 more memory than all pools have (TEN-3)': () =>
    findingsAfter((draft) => {
      draft.tenants = [
        { name: 'top', kind: 'folder', children: [{ name: 'low', quota: { memory: '2Ti' } }] },
        { name: 'other', quota: { cpu: 1 } },
      ];
    }),
  'PRI001 a step under the cutoff of cluster-autoscaler (PRI-1)': () =>
    findingsAfter((draft) => {
      draft.autoscaler = { kind: 'cluster-autoscaler' };
      named(draft.nodePools, 'gpu').capacity = { kind: 'ec2', instanceTypes: ['g5.xlarge'], max: 4 };
      draft.priorities = [
        { name: 'placeholder', value: -50, tiers: ['reservation'], description: 'p' },
        {
          name: 'normal',
          value: 0,
          default: true,
          tiers: ['platform', 'tenant', 'session', 'course'],
          description: 'n',
        },
      ];
    }),
  'NODE001 a general pool with a taint of its own that no profile tolerates (NODE-1)': () =>
    findingsAfter((draft) => {
      const taints = [{ key: 'example.com/licensed', effect: 'NoSchedule' as const }];
      const capacity = { kind: 'ec2' as const, instanceTypes: ['m7i.xlarge'], max: 1 };
      draft.nodePools.push({ name: 'idle', role: 'general', taints, capacity });
    }),
  'NODE007 no place for the platform itself': () =>
    findingsAfter(
      (draft) => {
        named(draft.nodePools, 'cpu').role = 'dedicated';
      },
      onPremisesInput({ tenants: [] }),
    ),
  'PRI003 a class that sessions may not use (POL-1)': () =>
    findingsAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').priorityClass = 'atelier-infrastructure';
    }),
  'PRI004 a course that cannot displace its placeholders (PRI-3)': () =>
    findingsAfter((draft) => {
      draft.reservations = [{ name: 'r', course: 'gpu', gpus: 2, days: ['mon'], from: '09:00', to: '10:00' }];
    }),
  'PRI004 more GPUs than the pool can have (PRI-3)': () =>
    findingsAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').priorityClass = 'atelier-course';
      draft.reservations = [{ name: 'r', course: 'gpu', gpus: 50, days: ['mon'], from: '09:00', to: '10:00' }];
    }),
  'PRI004 placeholders of a course that others displace too (PRI-3)': () =>
    findingsAfter((draft) => {
      const gpu = named(draft.sessionProfiles, 'gpu');
      gpu.priorityClass = 'atelier-warm';
      draft.sessionProfiles.push({ ...gpu, name: 'more' });
      draft.reservations = [{ name: 'r', course: 'gpu', gpus: 2, days: ['mon'], from: '09:00', to: '10:00' }];
    }),
  'PRI005 warm capacity that its sessions cannot displace (NODE-9)': () =>
    findingsAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').warmCapacity = { sessions: 1, schedule: OFFICE };
    }),
  'NODE008 more warm capacity than the pool can have (NODE-9)': () =>
    findingsAfter((draft) => {
      // Four nodes of one GPU.
      const gpu = named(draft.sessionProfiles, 'gpu');
      Object.assign(gpu, { priorityClass: 'atelier-warm', warmCapacity: { sessions: 3, schedule: OFFICE } });
      draft.sessionProfiles.push({ ...gpu, name: 'more', warmCapacity: { sessions: 2, schedule: OFFICE } });
    }),
  'NODE009 GPUs that are warm day and night (NODE-9)': () =>
    findingsAfter((draft) => {
      Object.assign(named(draft.sessionProfiles, 'gpu'), {
        priorityClass: 'atelier-warm',
        warmCapacity: { sessions: 4 },
      });
    }),
  'NODE010 a pool that two schedulers fill (NODE-6)': () =>
    findingsAfter((draft) => {
      const gpu = named(draft.sessionProfiles, 'gpu');
      draft.packingScheduler = { kind: 'deployment' };
      draft.sessionProfiles.push({ ...gpu, name: 'packed', scheduler: 'packing' });
    }),
  'NODE013 a type that the region does not have (NODE-4)': () =>
    findingsAfter((draft) => {
      named(draft.nodePools, 'gpu').capacity = { kind: 'ec2', instanceTypes: ['p5.4xlarge'], max: 4 };
    }),
  'NODE014 servers that fill both nodes of a system pool which Karpenter does not scale (NODE-5)': () =>
    findingsAfter((draft) => {
      named(draft.nodePools, 'system').capacity = { kind: 'ec2', instanceTypes: ['m7i.xlarge'], min: 2, max: 4 };
      draft.workbench.resources = { cpu: 3, memory: '4Gi' };
    }),
  'NODE015 more pods than EKS lets onto nodes of a managed group (NODE-5)': () =>
    findingsAfter((draft) => {
      Object.assign(named(draft.nodePools, 'system').capacity, { maxPods: 111 });
    }),
  'WB003 groups that PAM does not bring (WB-4)': () =>
    findingsAfter((draft) => {
      Object.assign(draft.workbench, { authentication: { kind: 'pam' }, scim: false });
    }),
  'VER001 another Kubernetes version': () =>
    findingsAfter((draft) => {
      draft.kubernetesVersion = '1.34';
    }),
  'PRI002 a class that displaces the sessions of others (PRI-2)': () =>
    findingsAfter((draft) => {
      draft.sessionProfiles.push({
        ...named(draft.sessionProfiles, 'gpu'),
        name: 'course',
        priorityClass: 'atelier-course',
      });
    }),
};

/** Places the findings of {@link MUTATIONS} must have. */
const PLACES: Readonly<Record<string, string>> = {
  NODE001: 'nodePools.idle',
  NODE003: 'sessionProfiles.small',
  NODE004: 'nodePools.cpu',
  NODE005: 'nodePools.cpu',
  WB002: 'sessionProfiles.gpu.images',
  TEN001: 'tenants.tiny.quota.cpu',
  TEN002: 'tenants.top.children.mid.children.low.quota.cpu',
  TEN003: 'tenants.greedy.quota.gpus',
  TEN004: 'tenants.top.quota',
  TEN005: 'tenants.top',
  TEN006: 'spark.namespaces[0]',
  TEN007: 'tenants',
  GPU004: 'sessionProfiles.t4.gpu.count',
  NODE006: 'nodePools.gpu.sharing',
  WB003: 'workbench.authentication',
  WB004: 'sessionProfiles.gpu.offeredTo.users[0]',
  PRI001: 'priorities.placeholder.value',
  PRI002: 'sessionProfiles.course',
  PRI005: 'sessionProfiles.gpu.warmCapacity',
  NODE008: 'sessionProfiles.gpu.warmCapacity.sessions',
  NODE010: 'sessionProfiles.gpu',
  NODE013: 'nodePools.gpu.capacity.instanceTypes',
  NODE009: 'sessionProfiles.gpu.warmCapacity',
  NODE014: 'nodePools.system',
  NODE015: 'nodePools.system.capacity.maxPods',
};

describe('each rule fires on the mistake it is for, and on nothing else', () => {
  test('the fixtures are clean', () => {
    for (const input of [eksInput(), onPremisesInput({ tenants: [] })]) {
      expect(synthesize(input)).toMatchObject({ kind: 'accepted', findings: [] });
    }
  });

  test.each(Object.entries(MUTATIONS))('%s', (title, run) => {
    const id = title.slice(0, title.indexOf(' '));
    const findings = run();
    expect(findings.map((finding) => finding.split(' ')[0])).toEqual([id]);
    const place = PLACES[id];
    if (place) expect(findings[0]).toBe(`${id} ${place}`);
  });

  test('ids are unique, and every rule says what it protects from', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const rule of RULES) expect(rule.protectsFrom.length).toBeGreaterThan(20);
  });
});

describe('rules that must stay silent', () => {
  test('NODE010 GIVEN one scheduler process with two profiles, or pools of one profile each THEN nothing is found', () => {
    const both = onPremisesInput({ tenants: [], packingScheduler: { kind: 'control-plane' } });
    const [first] = both.sessionProfiles;
    if (!first) throw new Error('The fixture has no profile.');
    const mixed = findingsAfter((draft) => {
      draft.sessionProfiles.push({ ...first, name: 'packed', scheduler: 'packing' });
    }, both);
    const apart = findingsAfter((draft) => {
      draft.packingScheduler = { kind: 'deployment' };
      named(draft.sessionProfiles, 'gpu').scheduler = 'packing';
    });
    expect([mixed, apart]).toEqual([[], []]);
  });
});
