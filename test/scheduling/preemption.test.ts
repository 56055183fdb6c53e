import { describe, expect, test } from 'vitest';
import { VOLUME_ANNOTATIONS } from '../../lib/catalog/annotations.ts';
import type { DisruptionBudget } from '../../lib/scheduling/disruption-budget.ts';
import type { Pod, PodSpec } from '../../lib/scheduling/pod.ts';
import { planPreemption } from '../../lib/scheduling/preemption.ts';
import { type ClusterObjects, takeSnapshot } from '../../lib/scheduling/snapshot.ts';
import { asking, node } from './cluster.ts';

const two = (name: string) => node(name, { status: { allocatable: { cpu: '2', pods: 10 } } });
const minute = (index: number): string => new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();
let started = 0;

interface Running {
  readonly priority?: number;
  readonly cpu?: string;
  readonly app?: string;
  readonly at?: number;
}
const running = (
  name: string,
  nodeName: string,
  { priority = 0, cpu = '1', app = 'x', at = started++ }: Running = {},
): Pod => {
  const { spec } = asking({ cpu }, { nodeName, priority });
  return { metadata: { name, labels: { app } }, spec, status: { phase: 'Running', startTime: minute(at) } };
};
const wants = (cpu: string, spec: Partial<PodSpec> = {}): Pod => asking({ cpu }, { priority: 100, ...spec });

/** `node: victims` for every best candidate. */
const plan = (pod: Pod, objects: ClusterObjects): readonly string[] =>
  planPreemption(pod, takeSnapshot(objects)).map(
    ({ node: name, victims }) => `${name}: ${victims.map((victim) => victim.name).join(' ')}`,
  );

describe('who makes room for whom (PRI-1, PRI-2)', () => {
  test('GIVEN a full node THEN as few and as unimportant pods end as will do', () => {
    const pods = [running('low', 'a', { priority: -5 }), running('mid', 'a', { priority: 5 })];
    expect(plan(wants('1'), { nodes: [two('a')], pods })).toEqual(['a: low']);
    expect(plan(wants('2'), { nodes: [two('a')], pods })).toEqual(['a: mid low']);
    expect(plan(wants('3'), { nodes: [two('a')], pods })).toEqual([]);
  });

  test('GIVEN equal priorities THEN the newest ends', () => {
    const pods = [running('old', 'a', { at: 1 }), running('new', 'a', { at: 2 })];
    expect(plan(wants('1'), { nodes: [two('a')], pods })).toEqual(['a: new']);
  });

  test('GIVEN a pod that never preempts, or none below it THEN nobody ends', () => {
    const pods = [running('same', 'a', { priority: 100, cpu: '2' })];
    expect(plan(wants('1'), { nodes: [two('a')], pods })).toEqual([]);
    const below = [running('low', 'a', { priority: 99, cpu: '2' })];
    expect(plan(wants('1'), { nodes: [two('a')], pods: below })).toEqual(['a: low']);
    expect(plan(wants('1', { preemptionPolicy: 'Never' }), { nodes: [two('a')], pods: below })).toEqual([]);
  });

  test('GIVEN classes THEN priority and policy are theirs; without one the global default counts', () => {
    const priorityClasses = [
      { metadata: { name: 'course' }, value: 1000 },
      { metadata: { name: 'patient' }, value: 1000, preemptionPolicy: 'Never' as const },
      { metadata: { name: 'default' }, value: 10, globalDefault: true },
    ];
    const { priority: _, ...spec } = running('other', 'a', { cpu: '2' }).spec;
    const pods = [{ metadata: { name: 'other' }, spec }];
    const { priority: __, ...asked } = wants('1').spec;
    const named = (name: string): Pod => ({ metadata: { name: 'p' }, spec: { ...asked, priorityClassName: name } });
    const objects = { nodes: [two('a')], pods, priorityClasses };
    expect(plan(named('course'), objects)).toEqual(['a: other']);
    expect(plan(named('patient'), objects)).toEqual([]);
    expect(plan(named('default'), objects)).toEqual([]);
    expect(plan(named('system-node-critical'), objects)).toEqual(['a: other']);
  });

  test('GIVEN a node that ending pods cannot mend THEN it is left alone', () => {
    const tainted = { ...two('a'), spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' } as const] } };
    const pods = [running('low', 'a', { cpu: '2' })];
    expect(plan(wants('1'), { nodes: [tainted], pods })).toEqual([]);
    expect(plan(wants('1', { tolerations: [{ operator: 'Exists' }] }), { nodes: [tainted], pods })).toEqual(['a: low']);
  });

  test('GIVEN an anti-affinity THEN whoever is in the way ends', () => {
    const keepsAway: Partial<PodSpec> = {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
          ],
        },
      },
    };
    const pods = [running('web', 'a', { app: 'web' }), running('db', 'a', { app: 'db', cpu: '500m' })];
    expect(plan(wants('500m', keepsAway), { nodes: [two('a')], pods })).toEqual(['a: web']);
  });
});

describe('claims that one pod may have (ReadWriteOncePod)', () => {
  const claim = (namespace: string) => ({
    metadata: { name: 'one', namespace, annotations: { [VOLUME_ANNOTATIONS.bindCompleted]: 'yes' } },
    spec: { accessModes: ['ReadWriteOncePod'], volumeName: namespace },
  });
  const objects = {
    nodes: [two('a'), two('b')],
    persistentVolumes: [{ metadata: { name: 'default' }, spec: {} }],
    persistentVolumeClaims: [claim('default'), claim('other')],
  };
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'one' } }];
  const user = (name: string, nodeName: string, { priority = 0, namespace = 'default' } = {}): Pod => {
    const { metadata, spec, ...rest } = running(name, nodeName, { priority });
    return { ...rest, metadata: { ...metadata, namespace }, spec: { ...spec, volumes } };
  };
  const asked = wants('1', { volumes });

  test('GIVEN the pod that has it THEN that one ends, and no other would help', () => {
    const pods = [user('user', 'a'), running('other', 'b', { priority: -5, cpu: '2' })];
    expect(plan(asked, { ...objects, pods })).toEqual(['a: user']);
  });

  // kube-scheduler's own arithmetic: see volume-restrictions.ts.
  test('GIVEN two pods that have it THEN the end of one is thought to do', () => {
    const pods = [user('first', 'a', { priority: 5 }), user('second', 'b')];
    expect(plan(asked, { ...objects, pods })).toEqual(['b: second']);
  });

  test('GIVEN a pod of another namespace that has a claim of the name THEN its end is thought to do too', () => {
    const pods = [user('first', 'a', { priority: 5 }), user('second', 'b', { namespace: 'other' })];
    expect(plan(asked, { ...objects, pods })).toEqual(['b: second']);
    expect(plan(asked, { ...objects, pods: [user('second', 'b', { namespace: 'other' })] })).toEqual([]);
  });
});

describe('which node is freed', () => {
  const nodes = [two('a'), two('b')];
  const budget = (allowed: number): DisruptionBudget => ({
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } } },
    status: { disruptionsAllowed: allowed },
  });

  test.each([
    ['the least important victim', [{ priority: 5, cpu: '2' }], [{ priority: 4, cpu: '2' }], 'b'],
    ['then the smallest sum', [{ priority: 5 }, { priority: 3 }], [{ priority: 5 }, { priority: 2 }], 'b'],
    ['then the newest', [{ cpu: '2', at: 5 }], [{ cpu: '2', at: 3 }], 'a'],
    ['one victim rather than two of less', [{ priority: -9 }, { priority: -9 }], [{ priority: -9, cpu: '2' }], 'b'],
  ] satisfies readonly [string, readonly Running[], readonly Running[], string][])(
    'GIVEN two nodes THEN the one with %s',
    (_, onA, onB, expected) => {
      const pods = [
        ...onA.map((each, index) => running(`a${index}`, 'a', each)),
        ...onB.map((each, index) => running(`b${index}`, 'b', each)),
      ];
      expect(plan(wants('2'), { nodes, pods }).map((text) => text.slice(0, 1))).toEqual([expected]);
    },
  );

  test('GIVEN nothing that tells them apart THEN all of them are named', () => {
    const pods = [running('x', 'a', { cpu: '2', at: 1 }), running('y', 'b', { cpu: '2', at: 1 })];
    expect(plan(wants('2'), { nodes, pods })).toEqual(['a: x', 'b: y']);
  });

  test('GIVEN a disruption budget THEN it is broken last, on the node and between nodes', () => {
    const onOne = [running('web', 'a', { app: 'web' }), running('other', 'a', { priority: 5 })];
    expect(plan(wants('1'), { nodes: [two('a')], pods: onOne })).toEqual(['a: web']);
    const objects = { nodes: [two('a')], pods: onOne, disruptionBudgets: [budget(0)] };
    expect(plan(wants('1'), objects)).toEqual(['a: other']);
    expect(plan(wants('1'), { ...objects, disruptionBudgets: [budget(1)] })).toEqual(['a: web']);
    const between = [running('web', 'a', { app: 'web', cpu: '2' }), running('other', 'b', { priority: 5, cpu: '2' })];
    expect(plan(wants('1'), { nodes, pods: between, disruptionBudgets: [budget(0)] })).toEqual(['b: other']);
    expect(plan(wants('1'), { nodes: [two('a')], pods: between, disruptionBudgets: [budget(0)] })).toEqual(['a: web']);
  });

  test('GIVEN budgets that do not mean the pod THEN they spare nobody', () => {
    // A pod without labels is not one that any budget could mean.
    const other = { ...running('other', 'a', { priority: 5 }), metadata: { name: 'other' } };
    const pods = [running('web', 'a', { app: 'web' }), other];
    const { metadata, status } = budget(0);
    for (const one of [
      { metadata, status, spec: {} },
      { metadata, status, spec: { selector: {} } },
      { ...budget(0), metadata: { name: 'web', namespace: 'far' } },
      { ...budget(0), status: { disruptionsAllowed: 0, disruptedPods: { web: minute(0) } } },
    ]) {
      expect(plan(wants('1'), { nodes: [two('a')], pods, disruptionBudgets: [one] })).toEqual(['a: web']);
    }
  });
});
