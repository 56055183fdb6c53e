import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { SchedulerFile } from '../../lib/scheduler/scheduler-file.ts';
import { SecondScheduler } from '../../lib/scheduler/second-scheduler.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

const build = (input: EnvironmentInput) =>
  synthesize((scope) => {
    const platform = platformOf(input);
    new SecondScheduler(scope, 'second', { platform });
    new SchedulerFile(scope, 'file', { platform });
  });
const beside = (replicas?: number, more: Partial<EnvironmentInput> = {}) =>
  build(eksInput({ packingScheduler: { kind: 'deployment', ...(replicas ? { replicas } : {}) }, ...more }));
const deployment = (collected: ReturnType<typeof build>) => manifestsOf(collected, 'Deployment')['atelier-packing'];

describe('NODE-6: who packs', () => {
  const two = beside();

  test('GIVEN nothing is said THEN nothing is made', () => {
    const nothing = build(eksInput());
    expect([nothing.objects, nothing.files]).toEqual([[], []]);
  });

  test('GIVEN a second scheduler THEN two replicas run on the system pool, and one goes at a time', () => {
    expect(deployment(two)).toMatchObject({
      spec: {
        replicas: 2,
        template: {
          spec: {
            nodeSelector: { 'atelier.dev/node-pool': 'system' },
            tolerations: [{ key: 'CriticalAddonsOnly' }],
            priorityClassName: 'atelier-infrastructure',
            securityContext: { runAsNonRoot: true },
          },
        },
      },
    });
    expect(manifestsOf(two, 'PodDisruptionBudget')['atelier-packing']?.spec).toMatchObject({ maxUnavailable: 1 });
  });

  test('GIVEN one replica THEN no budget blocks the drain of its node', () => {
    expect(manifestsOf(beside(1), 'PodDisruptionBudget')).toEqual({});
  });

  test('GIVEN the version of the cluster THEN its kube-scheduler runs: the tested patch, or the first of another minor', () => {
    const imageOf = (collected: ReturnType<typeof build>) => JSON.stringify(deployment(collected));
    expect(imageOf(two)).toContain('"registry.k8s.io/kube-scheduler:v1.36.3"');
    expect(imageOf(beside(1, { kubernetesVersion: '1.35' }))).toContain('"registry.k8s.io/kube-scheduler:v1.35.0"');
  });

  test('GIVEN other devices THEN the configuration changes, and with it the pods', () => {
    const checksum = (collected: ReturnType<typeof build>) =>
      /checksum\/config":"(\w+)"/.exec(JSON.stringify(deployment(collected)))?.[1];
    const shared = eksInput().nodePools.map((pool) =>
      pool.name === 'gpu' ? { ...pool, sharing: { kind: 'time-slicing' as const, replicas: 2 } } : pool,
    );
    expect(checksum(two)).toHaveLength(64);
    expect(checksum(beside(2, { nodePools: shared }))).not.toBe(checksum(two));
  });

  test('GIVEN its account THEN it has the roles of the first scheduler, and no lease but its own', () => {
    const bindings = { ...manifestsOf(two, 'ClusterRoleBinding'), ...manifestsOf(two, 'RoleBinding') };
    expect(Object.values(bindings).map(({ metadata, roleRef }) => [metadata.namespace, roleRef])).toMatchObject([
      [undefined, { kind: 'ClusterRole', name: 'system:kube-scheduler' }],
      [undefined, { kind: 'ClusterRole', name: 'system:volume-scheduler' }],
      ['kube-system', { kind: 'Role', name: 'extension-apiserver-authentication-reader' }],
      ['atelier-scheduler', { kind: 'Role', name: 'atelier-packing-lease' }],
    ]);
    for (const { subjects } of Object.values(bindings)) {
      expect(subjects).toEqual([{ kind: 'ServiceAccount', name: 'atelier-packing', namespace: 'atelier-scheduler' }]);
    }
    expect(manifestsOf(two, 'Role')['atelier-packing-lease']?.rules).toMatchObject([
      { verbs: ['create'] },
      { resourceNames: ['atelier-packing'], verbs: ['get', 'update'] },
    ]);
  });

  test('GIVEN the scheduler of the cluster THEN only a file is written, with every device of the platform', () => {
    const { objects, files } = build(onPremisesInput({ packingScheduler: { kind: 'control-plane' }, tenants: [] }));
    expect(objects).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(['scheduler/kube-scheduler.yaml']);
    const content = parse(files[0]?.content ?? '') as { profiles: unknown[] };
    expect(content.profiles).toHaveLength(2);
    for (const device of ['nvidia.com/mig-1g.5gb', 'nvidia.com/mig-3g.20gb', 'nvidia.com/gpu.shared']) {
      expect(JSON.stringify(content.profiles[1])).toContain(`{"name":"${device}","weight":3}`);
    }
  });
});
