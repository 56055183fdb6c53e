import { describe, expect, test } from 'vitest';
import type { PodSpec } from '../../lib/scheduling/pod.ts';
import { asking, decide, node, outcome, pod } from './cluster.ts';

const requiring = (...terms: readonly object[]): Partial<PodSpec> => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
});
const expression = (key: string, operator: string, ...values: readonly string[]) => ({
  matchExpressions: [{ key, operator, values }],
});
const field = (operator: string, name: string) => ({ key: 'metadata.name', operator, values: [name] });
const on = (nodeName: string, spec: Partial<PodSpec> = {}, name = 'other') => pod({ nodeName, ...spec }, { name });
const port = (hostPort: number, more: object = {}) => ({
  containers: [{ name: 'main', ports: [{ containerPort: hostPort, hostPort, ...more }] }],
});

describe('nodes that take no pods, or not this one', () => {
  test('GIVEN a cordoned node THEN only a pod that tolerates its taint goes there', () => {
    const nodes = [node('a', { spec: { unschedulable: true } })];
    expect(outcome(pod(), { nodes })).toBe('0/1 nodes are available: 1 node(s) were unschedulable.');
    const tolerations = [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' } as const];
    expect(outcome(pod({ tolerations }), { nodes })).toBe('a');
  });

  test('GIVEN a pod that names its node THEN no other will do', () => {
    const nodes = [node('a'), node('b')];
    expect(outcome(pod({ nodeName: 'b' }), { nodes })).toBe('b');
    expect(outcome(pod({ nodeName: 'c' }), { nodes })).toBe(
      "0/2 nodes are available: 2 node(s) didn't match the requested node name.",
    );
  });

  test('GIVEN a taint THEN the verdict names it', () => {
    const taint = { key: 'gpu', value: 'x', effect: 'NoSchedule' } as const;
    const verdict = decide(pod(), { nodes: [node('a', { spec: { taints: [taint] } })] });
    expect(verdict).toEqual({
      kind: 'infeasible',
      rejected: [{ node: 'a', reasons: [{ code: 'untolerated-taint', taint }], resolvable: false }],
    });
  });

  test('GIVEN no node at all THEN the scheduler says so', () => {
    expect(outcome(pod(), { nodes: [] })).toBe('no nodes available to schedule pods');
  });

  test('GIVEN a node that several filters refuse THEN the first of them is named, as the scheduler does', () => {
    const spec = { unschedulable: true, taints: [{ key: 'gpu', effect: 'NoSchedule' } as const] };
    const nodes = [node('a', { spec }), node('b', { spec: { taints: spec.taints } }), node('c')];
    expect(outcome(asking({ cpu: '100' }, { nodeSelector: { disk: 'ssd' } }), { nodes })).toBe(
      "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.",
    );
  });
});

describe('node affinity', () => {
  const nodes = [
    node('a', { labels: { disk: 'ssd', generation: '3' } }),
    node('b', { labels: { disk: 'hdd', generation: '10' } }),
    node('c', { labels: { generation: 'new' } }),
  ];

  test.each([
    ['In', expression('disk', 'In', 'ssd', 'nvme'), 'a'],
    ['NotIn, absent included', expression('disk', 'NotIn', 'ssd'), 'b c'],
    ['Exists', expression('disk', 'Exists'), 'a b'],
    ['DoesNotExist', expression('disk', 'DoesNotExist'), 'c'],
    ['Gt, by number and not by text', expression('generation', 'Gt', '3'), 'b'],
    ['Lt', expression('generation', 'Lt', '10'), 'a'],
    ['a field', { matchFields: [field('In', 'b')] }, 'b'],
    ['a field that excludes', { matchFields: [field('NotIn', 'b')] }, 'a c'],
    ['expressions and fields together', { ...expression('disk', 'Exists'), matchFields: [field('In', 'a')] }, 'a'],
  ])('GIVEN a term with %s THEN nodes are chosen by it', (_, term, expected) => {
    expect(outcome(pod(requiring(term)), { nodes })).toBe(expected);
  });

  test('GIVEN several terms THEN one is enough, and an empty one matches none', () => {
    expect(outcome(pod(requiring(expression('disk', 'In', 'ssd'), expression('disk', 'In', 'hdd'))), { nodes })).toBe(
      'a b',
    );
    expect(outcome(pod(requiring({})), { nodes })).toBe(
      "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
    );
  });

  test('GIVEN a selector and an affinity THEN both must hold', () => {
    const spec = { nodeSelector: { disk: 'ssd' }, ...requiring(expression('generation', 'Exists')) };
    expect(outcome(pod(spec), { nodes })).toBe('a');
    expect(outcome(pod({ ...spec, nodeSelector: { disk: 'nvme' } }), { nodes })).toContain(
      "didn't match Pod's node affinity",
    );
  });

  test('GIVEN a pod that names its nodes THEN others are not compared, and names that exclude each other refuse it', () => {
    const tainted = [node('a', { spec: { unschedulable: true } }), node('b')];
    expect(outcome(pod(requiring({ matchFields: [field('In', 'a')] })), { nodes: tainted })).toBe(
      "0/2 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity], 1 node(s) were unschedulable.",
    );
    const both = { matchFields: [field('In', 'a'), field('In', 'b')] };
    expect(outcome(pod(requiring(both)), { nodes })).toBe('0/3 nodes are available: pod affinity terms conflict.');
  });
});

describe('host ports', () => {
  const taken = (more: object = {}) => ({ nodes: [node('a')], pods: [on('a', port(80, more))] });
  const full = "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.";

  test.each([
    ['the same', {}, {}, false],
    ['another protocol', {}, { protocol: 'UDP' }, true],
    ['two addresses', { hostIP: '10.0.0.1' }, { hostIP: '10.0.0.2' }, true],
    ['one address', { hostIP: '10.0.0.1' }, { hostIP: '10.0.0.1' }, false],
    ['an address and all of them', { hostIP: '10.0.0.1' }, { hostIP: '0.0.0.0' }, false],
    ['all of them and an address', {}, { hostIP: '10.0.0.1' }, false],
  ])('GIVEN %s THEN two pods share the port: %s %s %s', (_, theirs, ours, fits) => {
    expect(outcome(pod(port(80, ours)), taken(theirs))).toBe(fits ? 'a' : full);
  });

  test('GIVEN the network of the host THEN every port is one of the host', () => {
    const inHost = { hostNetwork: true, containers: [{ name: 'main', ports: [{ containerPort: 80 }] }] };
    expect(outcome(pod(inHost), taken())).toBe(full);
    expect(outcome(pod({ ...inHost, hostNetwork: false }), taken())).toBe('a');
  });

  test('GIVEN init containers THEN only sidecars hold their ports', () => {
    const init = (restartPolicy?: string) => ({
      containers: [{ name: 'main' }],
      initContainers: [
        { name: 'init', ports: [{ containerPort: 80, hostPort: 80 }], ...(restartPolicy ? { restartPolicy } : {}) },
      ],
    });
    expect(outcome(pod(init()), taken())).toBe('a');
    expect(outcome(pod(init('Always')), taken())).toBe(full);
  });
});

describe('resources', () => {
  const small = node('a', { status: { allocatable: { cpu: '2', memory: '2Gi', pods: 2, 'nvidia.com/gpu': 1 } } });

  test('GIVEN several shortages THEN all are named, and how large they are', () => {
    const pods = [on('a', { containers: [{ name: 'c', resources: { requests: { cpu: '1500m', memory: '1Gi' } } }] })];
    const verdict = decide(asking({ cpu: '1', memory: '3Gi', 'nvidia.com/gpu': 2 }), { nodes: [small], pods });
    expect(verdict).toEqual({
      kind: 'infeasible',
      rejected: [
        {
          node: 'a',
          resolvable: false,
          reasons: [
            { code: 'insufficient-resource', resource: 'cpu', requested: 1000, used: 1500, capacity: 2000 },
            {
              code: 'insufficient-resource',
              resource: 'memory',
              requested: 3 * 2 ** 30,
              used: 2 ** 30,
              capacity: 2 * 2 ** 30,
            },
            { code: 'insufficient-resource', resource: 'nvidia.com/gpu', requested: 2, used: 0, capacity: 1 },
          ],
        },
      ],
    });
  });

  test('GIVEN exactly as much as is left THEN it fits; a device nobody offers does not', () => {
    expect(outcome(asking({ cpu: '2', memory: '2Gi', 'nvidia.com/gpu': 1 }), { nodes: [small] })).toBe('a');
    expect(outcome(asking({ 'example.com/fpga': 1 }), { nodes: [small] })).toBe(
      '0/1 nodes are available: 1 Insufficient example.com/fpga.',
    );
    expect(outcome(asking({ 'example.com/fpga': 0 }), { nodes: [small] })).toBe('a');
  });

  test('GIVEN as many pods as a node takes THEN no further one, whatever it asks for; pods that ended do not count', () => {
    const pods = [on('a'), on('a', {}, 'another')];
    expect(outcome(pod(), { nodes: [small], pods })).toBe('0/1 nodes are available: 1 Too many pods.');
    const ended = pods.map((each) => ({ ...each, status: { phase: 'Succeeded' } }));
    expect(outcome(pod(), { nodes: [small], pods: ended })).toBe('a');
  });

  test('GIVEN a full node and one that is too small THEN ending pods helps on the first only', () => {
    const pods = [on('a', { containers: [{ name: 'c', resources: { requests: { cpu: '2' } } }] })];
    const tiny = node('b', { status: { allocatable: { cpu: '1' } } });
    const verdict = decide(asking({ cpu: '2' }), { nodes: [small, tiny], pods });
    expect(verdict.kind === 'infeasible' && verdict.rejected.map(({ resolvable }) => resolvable)).toEqual([
      true,
      false,
    ]);
  });
});
