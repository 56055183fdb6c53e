import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { DEFAULT_LADDER } from '../../lib/model/priority-ladder.ts';
import { eksInput, onPremisesInput } from '../fixtures/environment.ts';
import { type Draft, named } from '../fixtures/mutate.ts';
import { CLOUD_CHANGES } from './cloud-changes.ts';
import type { CorpusCase } from './corpus-case.ts';
import { NODE_POOL_CHANGES } from './node-pool-changes.ts';

type Pool = Draft<EnvironmentInput>['nodePools'][number];

function machine(pool: Pool) {
  if (pool.capacity.kind !== 'static') throw new Error(`${pool.name} is no static pool.`);
  return pool.capacity.machine;
}

const tenant = (draft: Draft<EnvironmentInput>, name: string) => {
  const [root] = draft.tenants as Draft<NonNullable<Extract<EnvironmentInput['tenants'], readonly unknown[]>>>;
  if (!root) throw new Error('The fixture has no tenant.');
  return name === root.name ? root : named(root.children ?? [], name);
};

const plain = eksInput({
  tenancy: { backend: { kind: 'plain' } },
  tenants: [
    { name: 'vision', members: { groups: ['vision'] }, quota: { cpu: 32, memory: '128Gi', pods: 50, gpus: 2 } },
  ],
});
/** Spark on GPUs for one tenant. */
const withSpark = eksInput({
  spark: {
    image: 'registry.example.org/spark:4.0.1',
    namespaces: ['vision'],
    driver: { pool: 'cpu', cpu: 1, memory: '4Gi' },
    executors: { pool: 'gpu', cpu: 3, memory: '10Gi', gpu: { count: 1 }, max: 2, priorityClass: 'atelier-batch' },
  },
});

export const CORPUS: readonly CorpusCase[] = [
  ...NODE_POOL_CHANGES,
  {
    name: 'profile-offered-to-fewer',
    change: (draft) => {
      named(draft.sessionProfiles, 'small').offeredTo = { groups: ['data-science'] };
    },
    foresees: ['care profile-offer', 'care helm-release'],
  },
  {
    name: 'profile-unprotected',
    change: (draft) => {
      named(draft.sessionProfiles, 'small').protected = false;
    },
    foresees: ['disruptive session-end', 'care helm-release'],
  },
  {
    name: 'profile-lives-shorter',
    change: (draft) => {
      named(draft.sessionProfiles, 'gpu').maxLifetime = '4h';
    },
    foresees: ['care session-end', 'care helm-release'],
  },
  {
    name: 'profile-removed',
    change: (draft) => {
      const [small] = draft.sessionProfiles;
      if (small) draft.sessionProfiles.push({ ...small, name: 'tiny', title: 'Tiny' });
      draft.sessionProfiles = draft.sessionProfiles.filter(({ name }) => name !== 'small');
    },
    foresees: ['disruptive profile-offer', 'care helm-release', 'safe profile-offer'],
  },
  {
    name: 'quota-halved',
    change: (draft) => {
      tenant(draft, 'vision').quota = { cpu: 16, memory: '64Gi', pods: 25, gpus: 2 };
    },
    foresees: ['care quota'],
  },
  {
    name: 'quota-below-one-session',
    base: plain,
    change: (draft) => {
      draft.tenants = [
        { name: 'vision', members: { groups: ['vision'] }, quota: { cpu: 2, memory: '128Gi', pods: 50, gpus: 2 } },
      ];
    },
    foresees: ['disruptive quota'],
  },
  {
    name: 'quota-without-gpus',
    change: (draft) => {
      tenant(draft, 'vision').quota = { cpu: 32, memory: '128Gi', pods: 50 };
    },
    foresees: ['disruptive quota', 'care admission', 'care namespace-rule'],
  },
  {
    name: 'quota-in-other-units',
    base: plain,
    change: (draft) => {
      draft.tenants = [
        {
          name: 'vision',
          members: { groups: ['vision'] },
          quota: { cpu: '32000m', memory: '131072Mi', pods: 50, gpus: 2 },
        },
      ];
    },
    foresees: [],
  },
  {
    name: 'member-added',
    change: (draft) => {
      tenant(draft, 'vision').members = { groups: ['vision'], users: ['alice@example.org', 'bob@example.org'] };
    },
    foresees: ['care access-right'],
  },
  {
    name: 'tenant-added',
    change: (draft) => {
      tenant(draft, 'research').children?.push({ name: 'speech', members: { groups: ['speech'] }, quota: { cpu: 4 } });
    },
    foresees: [],
  },
  {
    name: 'tenant-removed',
    change: (draft) => {
      const research = tenant(draft, 'research');
      research.children = research.children?.filter(({ name }) => name !== 'teaching');
    },
    foresees: ['dangerous removed-object', 'care namespace-rule'],
  },
  {
    name: 'tenant-renamed',
    change: (draft) => {
      tenant(draft, 'teaching').name = 'lectures';
    },
    foresees: ['dangerous removed-object'],
  },
  {
    name: 'tenant-moved-to-the-top',
    change: (draft) => {
      const research = tenant(draft, 'research');
      const teaching = tenant(draft, 'teaching');
      research.children = research.children?.filter(({ name }) => name !== 'teaching');
      draft.tenants = [research, teaching];
    },
    foresees: ['disruptive namespace-rule', 'care namespace-rule', 'care network-policy'],
  },
  {
    name: 'ceiling-lowered',
    change: (draft) => {
      draft.policies = { ceiling: { cpu: 8, memory: '32Gi' } };
    },
    foresees: ['care admission', 'care policy'],
  },
  {
    name: 'exception-added',
    change: (draft) => {
      draft.policies = {
        exceptions: [{ name: 'assembly', policy: 'pod-ceiling', namespace: 'vision', reason: 'One large process.' }],
      };
    },
    foresees: ['care admission', 'care policy'],
  },
  {
    name: 'exception-removed',
    base: eksInput({
      policies: {
        exceptions: [
          {
            name: 'assembly',
            policy: 'pod-ceiling',
            namespace: 'vision',
            serviceAccount: 'assembler',
            reason: 'One large process.',
          },
        ],
      },
    }),
    change: (draft) => {
      draft.policies = {};
    },
    foresees: ['disruptive policy', 'care admission', 'care policy'],
  },
  {
    name: 'ceiling-below-spark',
    base: withSpark,
    change: (draft) => {
      draft.policies = { ceiling: { cpu: 2, memory: '64Gi' } };
    },
    foresees: ['disruptive admission', 'care admission', 'care policy'],
  },
  {
    name: 'spark-without-gpus',
    base: withSpark,
    change: (draft) => {
      tenant(draft, 'vision').quota = { cpu: 32, memory: '128Gi', pods: 50 };
    },
    foresees: ['disruptive quota', 'disruptive admission', 'care admission', 'care namespace-rule'],
  },
  {
    name: 'class-for-other-tiers',
    base: eksInput({
      sessionProfiles: eksInput().sessionProfiles.map((profile) =>
        profile.name === 'small' ? { ...profile, priorityClass: 'atelier-course' } : profile,
      ),
    }),
    change: (draft) => {
      draft.priorities = DEFAULT_LADDER.map((step) => ({
        ...step,
        tiers: step.tiers.filter((tier) => step.name !== 'atelier-course' || tier !== 'session'),
      })) as Draft<EnvironmentInput>['priorities'];
    },
    foresees: ['disruptive admission', 'care policy'],
  },
  {
    name: 'priorities-turned',
    change: (draft) => {
      draft.priorities = DEFAULT_LADDER.map((step) =>
        step.name === 'atelier-batch' ? { ...step, value: 50 } : { ...step, tiers: [...step.tiers] },
      ).sort((a, b) => a.value - b.value) as Draft<EnvironmentInput>['priorities'];
    },
    foresees: ['disruptive priority-order', 'care policy', 'care immutable-field'],
  },
  {
    name: 'prometheus-keeps-longer',
    change: (draft) => {
      draft.monitoring = { retention: '20d' };
    },
    foresees: ['care helm-release'],
  },
  {
    name: 'workbench-second-server',
    base: eksInput({
      workbench: {
        ...eksInput().workbench,
        database: {
          kind: 'postgresql',
          host: 'db.example.org',
          password: { name: 'workbench-database', key: 'password' },
        },
      },
    }),
    change: (draft) => {
      draft.workbench.replicas = 2;
    },
    foresees: ['care helm-release'],
  },
  {
    name: 'storage-class-file-system',
    change: (draft) => {
      draft.storage.classes = draft.storage.classes.map((each) =>
        each.kind === 'efs' ? { ...each, fileSystemId: 'fs-0fedcba9876543210' } : each,
      );
    },
    foresees: ['care immutable-field'],
  },
  {
    name: 'homes-on-another-server',
    base: onPremisesInput({ tenants: [] }),
    change: (draft) => {
      draft.storage.homes = { volume: { kind: 'nfs', server: 'nfs2.example.org', path: '/export/home' } };
    },
    foresees: ['disruptive immutable-field'],
  },
  {
    name: 'mig-layout',
    base: onPremisesInput({ tenants: [] }),
    change: (draft) => {
      named(draft.nodePools, 'gpu').sharing = { kind: 'mig', strategy: 'mixed', layout: { '1g.5gb': 7 } };
    },
    foresees: ['disruptive gpu-devices', 'care helm-release'],
  },
  {
    name: 'time-slices-doubled',
    base: onPremisesInput({ tenants: [] }),
    change: (draft) => {
      named(draft.nodePools, 't4').sharing = { kind: 'time-slicing', replicas: 8 };
    },
    foresees: ['care gpu-devices', 'care helm-release'],
  },
  {
    name: 'machine-memory',
    base: onPremisesInput({ tenants: [] }),
    change: (draft) => {
      machine(named(draft.nodePools, 't4')).memory = '6Gi';
    },
    foresees: ['disruptive profile-fit'],
  },
  {
    name: 'fluent-bit-instead-of-nothing',
    change: (draft) => {
      draft.monitoring = { logs: { kind: 'cloudwatch' } };
    },
    foresees: ['care helm-release'],
  },
  {
    name: 'no-tenants-any-more',
    change: (draft) => {
      draft.tenants = [];
    },
    foresees: ['dangerous removed-object', 'care workload-restart'],
  },
  ...CLOUD_CHANGES,
];
