import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { eksInput } from '../fixtures/environment.ts';
import { type Draft, named } from '../fixtures/mutate.ts';
import type { CorpusCase } from './corpus-case.ts';

type Pool = Draft<EnvironmentInput>['nodePools'][number];

function ec2(pool: Pool) {
  if (pool.capacity.kind !== 'ec2') throw new Error(`${pool.name} is no EC2 pool.`);
  return pool.capacity;
}

const clusterAutoscaler = eksInput({
  autoscaler: { kind: 'cluster-autoscaler' },
  nodePools: eksInput().nodePools.map((pool) =>
    pool.capacity.kind === 'ec2'
      ? { ...pool, capacity: { ...pool.capacity, instanceTypes: pool.capacity.instanceTypes.slice(0, 1) } }
      : pool,
  ),
});

/** Changes of node pools on EC2. */
export const NODE_POOL_CHANGES: readonly CorpusCase[] = [
  {
    name: 'gpu-root-volume-grows',
    change: (draft) => {
      ec2(named(draft.nodePools, 'gpu')).rootVolume = { size: '200Gi' };
    },
    foresees: ['care node-drift'],
  },
  {
    name: 'gpu-image-version',
    change: (draft) => {
      ec2(named(draft.nodePools, 'gpu')).image = { version: 'v20260801' };
    },
    foresees: ['care node-drift'],
  },
  {
    name: 'instance-type-added',
    change: (draft) => {
      ec2(named(draft.nodePools, 'cpu')).instanceTypes = ['m7i.4xlarge', 'm6i.4xlarge'];
    },
    foresees: ['safe cost-change'],
  },
  {
    name: 'instance-type-removed',
    change: (draft) => {
      ec2(named(draft.nodePools, 'gpu')).instanceTypes = ['g5.2xlarge'];
    },
    foresees: ['care node-drift', 'safe cost-change'],
  },
  {
    name: 'instance-types-too-small',
    change: (draft) => {
      named(draft.sessionProfiles, 'gpu').memory = { request: '40G' };
    },
    foresees: ['disruptive profile-fit', 'care helm-release'],
  },
  {
    name: 'pool-maximum-lowered',
    change: (draft) => {
      ec2(named(draft.nodePools, 'cpu')).max = 5;
    },
    foresees: ['care pool-size', 'safe cost-change'],
  },
  {
    name: 'pool-minimum-raised',
    base: clusterAutoscaler,
    change: (draft) => {
      ec2(named(draft.nodePools, 'cpu')).min = 2;
    },
    foresees: ['care pool-size', 'care cost-change', 'safe node-group'],
  },
  {
    name: 'pool-taint-added',
    change: (draft) => {
      named(draft.nodePools, 'gpu').taints = [{ key: 'example.com/licensed', value: 'yes', effect: 'NoSchedule' }];
    },
    foresees: ['care node-drift', 'care helm-release', 'care workload-restart'],
  },
  {
    name: 'pool-label-added',
    change: (draft) => {
      named(draft.nodePools, 'cpu').labels = { 'example.com/rack': 'r1' };
    },
    foresees: ['care node-drift'],
  },
  {
    name: 'pool-expires',
    change: (draft) => {
      named(draft.nodePools, 'gpu').disruption = { expireAfter: '168h' };
    },
    foresees: ['care session-end', 'care node-drift'],
  },
  {
    name: 'pool-termination-grace-period',
    change: (draft) => {
      named(draft.nodePools, 'gpu').disruption = { terminationGracePeriod: '1h' };
    },
    foresees: ['disruptive session-end', 'care node-drift'],
  },
  {
    name: 'pool-consolidates-sooner',
    change: (draft) => {
      named(draft.nodePools, 'cpu').disruption = { idleAfter: '1m' };
    },
    foresees: [],
  },
  {
    name: 'pool-to-spot',
    change: (draft) => {
      ec2(named(draft.nodePools, 'cpu')).capacityTypes = ['spot'];
      named(draft.sessionProfiles, 'small').protected = false;
      named(draft.sessionProfiles, 'small').interruptible = true;
    },
    foresees: ['disruptive session-end', 'care node-drift', 'care helm-release'],
  },
  {
    name: 'pool-with-sessions-removed',
    change: (draft) => {
      draft.nodePools = draft.nodePools.filter(({ name }) => name !== 'gpu');
      draft.sessionProfiles = draft.sessionProfiles.filter(({ name }) => name !== 'gpu');
    },
    foresees: [
      'disruptive profile-offer',
      'disruptive pool-size',
      'disruptive removed-object',
      'disruptive helm-release',
      'care namespace-rule',
      'care helm-release',
      'safe cost-change',
    ],
  },
  {
    name: 'group-image-version',
    base: clusterAutoscaler,
    change: (draft) => {
      ec2(named(draft.nodePools, 'cpu')).image = { version: 'v20260801' };
    },
    foresees: ['disruptive node-group'],
  },
  {
    name: 'group-instance-type',
    base: clusterAutoscaler,
    change: (draft) => {
      ec2(named(draft.nodePools, 'cpu')).instanceTypes = ['m6i.4xlarge'];
    },
    foresees: ['disruptive node-group', 'safe cost-change'],
  },
];
