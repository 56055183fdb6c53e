import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { eksInput, onPremisesInput } from '../fixtures/environment.ts';
import { type Draft, findingsAfter, reportAfter } from '../fixtures/mutate.ts';

type SparkInput = Draft<NonNullable<EnvironmentInput['spark']>>;

const SPARK: SparkInput = {
  image: 'registry.example.org/spark:4.0.1',
  namespaces: ['vision'],
  driver: { pool: 'cpu', cpu: 1, memory: '4Gi' },
  executors: { pool: 'cpu', cpu: 4, memory: '14Gi', max: 4 },
};

const after = (
  change: (spark: SparkInput, draft: Draft<EnvironmentInput>) => void,
  base: EnvironmentInput = eksInput(),
): readonly string[] =>
  findingsAfter((draft) => {
    draft.spark = structuredClone(SPARK);
    change(draft.spark, draft);
  }, base);

/** Without a cloud, where the only tenant asks for no GPU. */
const withoutCloud = (): EnvironmentInput =>
  onPremisesInput({ tenants: [{ name: 'vision', quota: { cpu: 16, memory: '64Gi', pods: 20 } }] });

function addSpotPool(draft: Draft<EnvironmentInput>): void {
  const instanceTypes = ['m7i.4xlarge', 'm6i.4xlarge'];
  const capacity = { kind: 'ec2' as const, instanceTypes, capacityTypes: ['spot' as const], max: 4 };
  draft.nodePools.push({ name: 'spot', role: 'dedicated', capacity });
}

type Mutation = readonly [title: string, findings: readonly string[], run: () => readonly string[]];

const MUTATIONS: readonly Mutation[] = [
  ['Spark that fits', [], () => after(() => undefined)],
  [
    'a pool that Spark alone uses',
    [],
    () =>
      after((spark, draft) => {
        addSpotPool(draft);
        spark.executors.pool = 'spot';
      }),
  ],
  [
    'executors larger than every node of their pool',
    ['NODE002 spark.executors'],
    () =>
      after((spark, draft) => {
        draft.policies = { ceiling: { cpu: 64, memory: '256Gi' } };
        spark.executors.cpu = 16;
      }),
  ],
  [
    'a driver larger than every node of its pool',
    ['NODE002 spark.driver'],
    () =>
      after((spark) => {
        spark.driver.memory = '62Gi';
      }),
  ],
  [
    'a driver on spot capacity',
    ['NODE003 spark.driver.pool'],
    () =>
      after((spark, draft) => {
        addSpotPool(draft);
        spark.driver.pool = 'spot';
      }),
  ],
  [
    'executors that keep GPU nodes up without using them',
    ['GPU001 spark.executors.pool'],
    () =>
      after((spark) => {
        spark.executors = { pool: 'gpu', cpu: 2, memory: '4Gi', max: 1 };
      }),
  ],
  [
    'pods above the ceiling',
    ['TEN006 spark.executors.cpu', 'TEN006 spark.executors.memory'],
    () =>
      after((_, draft) => {
        draft.policies = { ceiling: { cpu: 2, memory: '8Gi' } };
      }),
  ],
  [
    'a quota that does not hold a driver and an executor',
    ['TEN006 spark.namespaces[1]'],
    () =>
      after((spark) => {
        spark.namespaces = ['vision', 'teaching'];
        spark.executors.cpu = 8;
      }),
  ],
  [
    'GPUs where none are promised',
    ['TEN006 spark.namespaces[0]'],
    () =>
      after((spark) => {
        spark.namespaces = ['teaching'];
        spark.executors = { pool: 'gpu', cpu: 2, memory: '4Gi', gpu: { count: 1 }, max: 1 };
      }),
  ],
  [
    'GPUs where there is no quota at all',
    ['TEN006 spark.namespaces[0]', 'TEN010 tenants.free'],
    () =>
      after((spark, draft) => {
        draft.tenants = [{ name: 'free' }];
        spark.namespaces = ['free'];
        spark.executors = { pool: 'gpu', cpu: 2, memory: '4Gi', gpu: { count: 1 }, max: 1 };
      }),
  ],
  [
    'a class that is not for the namespace',
    ['TEN006 spark.executors'],
    () =>
      after((spark) => {
        spark.namespaces = ['teaching'];
        spark.executors = { pool: 'cpu', cpu: 1, memory: '4Gi', max: 1, priorityClass: 'atelier-batch' };
      }),
  ],
  [
    'an API server behind 6443, which the default egress leaves closed',
    ['NET005 tenancy.egress'],
    () => after(() => undefined, withoutCloud()),
  ],
  [
    'an API server behind 6443 that is opened',
    [],
    () =>
      after((_, draft) => {
        draft.tenancy.egress = [
          { cidr: '0.0.0.0/0', ports: [443] },
          { cidr: '192.0.2.0/28', ports: [6443] },
        ];
      }, withoutCloud()),
  ],
  [
    'egress of all ports',
    [],
    () =>
      after((_, draft) => {
        draft.tenancy.egress = [{ cidr: '10.0.0.0/8' }];
      }, withoutCloud()),
  ],
  [
    'no egress at all',
    ['NET005 tenancy.egress'],
    () =>
      after((_, draft) => {
        draft.tenancy.egress = [];
      }),
  ],
  [
    'an unknown pool and an unknown class',
    ['REF005 spark.driver.priorityClass', 'REF002 spark.executors.pool'],
    () =>
      after((spark) => {
        spark.executors.pool = 'cpus';
        spark.driver.priorityClass = 'atelier-batsch';
      }),
  ],
  [
    'the pool of the platform',
    ['REF008 spark.driver.pool'],
    () =>
      after((spark) => {
        spark.driver.pool = 'system';
      }),
  ],
  [
    'shared GPUs',
    ['REF008 spark.executors.gpu'],
    () =>
      after((spark) => {
        spark.executors = { pool: 't4', cpu: 2, memory: '4Gi', gpu: { count: 1 }, max: 1 };
      }, onPremisesInput()),
  ],
  [
    'pods without CPU or with too little memory',
    ['REF009 spark.driver.cpu', 'REF009 spark.executors.memory'],
    () =>
      after((spark) => {
        spark.driver.cpu = 0;
        spark.executors.memory = '900Mi';
      }),
  ],
  [
    'a namespace that does not exist and a folder',
    ['REF014 spark.namespaces[0]', 'REF014 spark.namespaces[1]'],
    () =>
      after((spark) => {
        spark.namespaces = ['visoin', 'research'];
      }),
  ],
  [
    'an image that may change',
    ['ENV006 spark.image'],
    () =>
      after((spark) => {
        spark.image = 'apache/spark:latest';
      }),
  ],
];

describe('Spark fits the platform or is refused (NODE-7)', () => {
  test.each(MUTATIONS)('GIVEN %s THEN %j', (_, findings, run) => {
    expect(run()).toEqual(findings);
  });

  test('GIVEN a quota that is too small THEN the message says of what, and whose', () => {
    const [finding] = reportAfter((draft) => {
      draft.spark = { ...SPARK, namespaces: ['teaching'], executors: { ...SPARK.executors, cpu: 8, memory: '40Gi' } };
    });
    expect(finding?.message).toBe(
      'a driver and one executor do not fit the quota of "teaching": cpu 9 of 8, memory 44.0 GiB of 32.0 GiB.',
    );
  });
});
