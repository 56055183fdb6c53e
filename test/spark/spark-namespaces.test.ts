import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { derivePlatform, type Platform } from '../../lib/model/platform.ts';
import { SparkNamespaces } from '../../lib/spark/spark-namespaces.ts';
import { eksInput, environmentOf, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';
import { sparkFiles, sparkPod } from './spark-pod.ts';

type SparkInput = NonNullable<EnvironmentInput['spark']>;

const SPARK: SparkInput = {
  image: 'registry.example.org/spark:4.0.1',
  namespaces: ['vision'],
  driver: { pool: 'cpu', cpu: '1500m', memory: '4Gi' },
  executors: { pool: 'cpu', cpu: 4, memory: '14Gi', max: 7, priorityClass: 'atelier-batch' },
};

const withSpark = (changes: Partial<SparkInput> = {}, base = eksInput()): Platform =>
  platformOf({ ...base, spark: { ...SPARK, ...changes } });

const build = (platform: Platform) =>
  synthesize((scope) => {
    if (platform.spark) new SparkNamespaces(scope, 'spark', { platform, spark: platform.spark });
  });

describe('NODE-7: Spark with a driver that stays and executors that may go', () => {
  const platform = withSpark();
  const { settings, driver, executor } = sparkFiles(platform, 'vision');

  test('GIVEN sizes of pods WHEN Spark adds its parts up THEN pods are as large as was said, requests like limits', () => {
    for (const [role, cpu, memory] of [
      ['driver', '1500m', '4096Mi'],
      ['executor', '4', '14336Mi'],
    ] as const) {
      const [container] = (sparkPod(platform, role, 'vision').spec as { containers: { resources: unknown }[] })
        .containers;
      expect(container?.resources).toEqual({ requests: { cpu, memory }, limits: { cpu, memory } });
    }
    expect(settings).toMatchObject({ 'spark.driver.cores': '1', 'spark.executor.cores': '4' });
    // 40 % of the heap beside it, as for Python and R.
    expect(settings).toMatchObject({ 'spark.executor.memory': '10240m', 'spark.executor.memoryOverhead': '4096m' });
  });

  test('GIVEN little memory WHEN it is shared out THEN the overhead is no less than Spark takes anyway', () => {
    const small = sparkFiles(withSpark({ driver: { pool: 'cpu', cpu: '500m', memory: '1Gi' } }), 'vision').settings;
    expect(small).toMatchObject({
      'spark.driver.cores': '1',
      'spark.driver.memory': '640m',
      'spark.driver.memoryOverhead': '384m',
    });
  });

  test('GIVEN spot capacity WHEN a node goes THEN executors hand over within the notice of 120 seconds', () => {
    const { spec } = load(executor) as { spec: { terminationGracePeriodSeconds: number } };
    expect(spec.terminationGracePeriodSeconds).toBeLessThan(120);
    expect(settings['spark.executor.decommission.forceKillTimeout']).toBe(`${spec.terminationGracePeriodSeconds}s`);
    expect(settings).toMatchObject({
      'spark.decommission.enabled': 'true',
      'spark.storage.decommission.enabled': 'true',
      'spark.storage.decommission.rddBlocks.enabled': 'true',
      'spark.storage.decommission.shuffleBlocks.enabled': 'true',
      'spark.dynamicAllocation.enabled': 'true',
      'spark.dynamicAllocation.shuffleTracking.enabled': 'true',
      'spark.dynamicAllocation.maxExecutors': '7',
    });
    expect(settings).not.toHaveProperty('spark.executor.resource.gpu.amount');
  });

  test('GIVEN pools WHEN pods are placed THEN selector, tolerations and class are those of pool and ladder', () => {
    const placed = {
      nodeSelector: { 'atelier.dev/node-pool': 'cpu' },
      tolerations: [{ key: 'atelier.dev/dedicated', operator: 'Equal', value: 'cpu', effect: 'NoSchedule' }],
    };
    expect(load(driver)).toMatchObject({ spec: { ...placed, priorityClassName: 'atelier-default' } });
    expect(load(executor)).toMatchObject({ spec: { ...placed, priorityClassName: 'atelier-batch' } });
  });

  test('GIVEN an elastic pool WHEN the autoscaler tidies up THEN it leaves drivers alone, and not executors', () => {
    expect(load(driver)).toMatchObject({
      metadata: {
        annotations: {
          'karpenter.sh/do-not-disrupt': 'true',
          'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
        },
      },
    });
    expect(load(executor)).not.toHaveProperty('metadata');
    const fixed = withSpark({}, onPremisesInput());
    expect(load(sparkFiles(fixed, 'vision').driver)).not.toHaveProperty('metadata');
  });

  test('GIVEN GPUs WHEN executors ask for them THEN Spark knows amount, vendor and how to find them', () => {
    const gpus = withSpark({ executors: { ...SPARK.executors, pool: 'gpu', gpu: { count: 1 } } });
    expect(sparkFiles(gpus, 'vision').settings).toMatchObject({
      'spark.executor.resource.gpu.amount': '1',
      'spark.executor.resource.gpu.vendor': 'nvidia.com',
      'spark.executor.resource.gpu.discoveryScript': '/opt/spark/examples/src/main/scripts/getGpusResources.sh',
      'spark.task.resource.gpu.amount': '1',
    });
    const { spec } = sparkPod(gpus, 'executor', 'vision') as unknown as {
      spec: { tolerations: unknown; containers: { resources: { limits: unknown } }[] };
    };
    expect(spec.containers[0]?.resources.limits).toMatchObject({ 'nvidia.com/gpu': '1' });
    expect(spec.tolerations).toContainEqual({
      key: 'nvidia.com/gpu',
      operator: 'Equal',
      value: 'present',
      effect: 'NoSchedule',
    });
  });

  test('GIVEN a driver WHEN it makes executors THEN its own account may, in its own namespace, and executors may nothing', () => {
    const collected = build(platform);
    expect(manifestsOf(collected, 'RoleBinding')['spark-driver']).toMatchObject({
      metadata: { namespace: 'vision', annotations: { 'propagate.hnc.x-k8s.io/none': 'true' } },
      subjects: [{ kind: 'ServiceAccount', name: 'spark', namespace: 'vision' }],
    });
    expect(JSON.stringify(manifestsOf(collected, 'Role')['spark-driver']?.rules)).not.toMatch(/secrets|\*|exec/);
    expect(load(executor)).toMatchObject({
      spec: { serviceAccountName: 'default', automountServiceAccountToken: false },
    });
    expect(settings['spark.kubernetes.authenticate.driver.serviceAccountName']).toBe('spark');
  });

  test('GIVEN a private registry WHEN drivers pull THEN with its secret', () => {
    const account = manifestsOf(build(withSpark({}, onPremisesInput())), 'ServiceAccount').spark;
    expect(account).toMatchObject({ imagePullSecrets: [{ name: 'registry' }] });
  });

  test('GIVEN no Spark THEN there is none', () => {
    expect(derivePlatform(environmentOf(eksInput()))).not.toHaveProperty('spark');
  });
});
