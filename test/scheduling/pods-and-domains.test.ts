import { describe, expect, test } from 'vitest';
import type { PodAffinityTerm, PodSpec, TopologySpreadConstraint } from '../../lib/scheduling/pod.ts';
import { node, outcome, pod } from './cluster.ts';

const ZONE = 'topology.kubernetes.io/zone';
const nodes = [
  node('a1', { labels: { [ZONE]: 'a' } }),
  node('a2', { labels: { [ZONE]: 'a' } }),
  node('b1', { labels: { [ZONE]: 'b' } }),
  { ...node('x1'), metadata: { name: 'x1', labels: {} } },
];
const web = { matchLabels: { app: 'web' } };
const running = (
  nodeName: string,
  app = 'web',
  name = `${app}-${nodeName}`,
  spec: Partial<PodSpec> = {},
  namespace = 'default',
) => pod({ nodeName, ...spec }, { name, namespace, labels: { app } });
const term = (more: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  topologyKey: ZONE,
  labelSelector: web,
  ...more,
});
const near = (...terms: readonly PodAffinityTerm[]): Partial<PodSpec> => ({
  affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
});
const apart = (...terms: readonly PodAffinityTerm[]): Partial<PodSpec> => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
});

describe('affinity between pods', () => {
  test('GIVEN a pod that wants to be near another THEN it goes to the domain of the other', () => {
    expect(outcome(pod(near(term())), { nodes, pods: [running('a1')] })).toBe('a1 a2');
    expect(outcome(pod(near(term({ topologyKey: 'kubernetes.io/hostname' }))), { nodes, pods: [running('a1')] })).toBe(
      'a1',
    );
    expect(outcome(pod(near(term())), { nodes, pods: [running('a1', 'db')] })).toBe(
      "0/4 nodes are available: 4 node(s) didn't match pod affinity rules.",
    );
  });

  test('GIVEN two terms THEN one pod must meet both, and only such pods count', () => {
    const both = near(term(), term({ labelSelector: { matchLabels: { tier: '1' } } }));
    const half = running('a1');
    const whole = { ...running('b1'), metadata: { name: 'whole', labels: { app: 'web', tier: '1' } } };
    expect(outcome(pod(both), { nodes, pods: [half] })).toContain("didn't match pod affinity rules");
    expect(outcome(pod(both), { nodes, pods: [half, whole] })).toBe('b1');
  });

  test('GIVEN the first of pods that want each other THEN it may start wherever the labels are', () => {
    const first = pod(near(term()), { labels: { app: 'web' } });
    expect(outcome(first, { nodes })).toBe('a1 a2 b1');
    expect(outcome(first, { nodes, pods: [running('b1')] })).toBe('b1');
    expect(outcome(pod(near(term())), { nodes })).toContain("didn't match pod affinity rules");
  });

  test('GIVEN a pod that keeps away from others THEN their domain is closed; without the label there is no domain', () => {
    expect(outcome(pod(apart(term())), { nodes, pods: [running('a1')] })).toBe('b1 x1');
  });

  test('GIVEN others that keep away from the pod THEN their domain is closed as well', () => {
    const pods = [running('b1', 'db', 'db', apart(term()))];
    expect(outcome(pod({}, { labels: { app: 'web' } }), { nodes, pods })).toBe('a1 a2 x1');
    expect(outcome(pod({}, { labels: { app: 'web' } }), { nodes: nodes.slice(2, 3), pods })).toBe(
      "0/1 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules.",
    );
  });

  test('GIVEN namespaces THEN a term means its own, those it names, or those it selects', () => {
    const objects = {
      nodes,
      pods: [running('a1', 'web', 'far', {}, 'far'), running('b1')],
      namespaces: { default: { team: 'red' }, far: { team: 'blue' } },
    };
    const place = (more: Partial<PodAffinityTerm>): string => outcome(pod(apart(term(more))), objects);
    expect(place({})).toBe('a1 a2 x1');
    expect(place({ namespaces: ['far'] })).toBe('b1 x1');
    expect(place({ namespaceSelector: { matchLabels: { team: 'blue' } } })).toBe('b1 x1');
    expect(place({ namespaceSelector: { matchLabels: { team: 'red' } } })).toBe('a1 a2 x1');
    expect(place({ namespaceSelector: { matchLabels: { team: 'red' } }, namespaces: ['far'] })).toBe('x1');
    expect(place({ namespaceSelector: {} })).toBe('x1');
  });

  test('GIVEN label keys THEN only pods with the value of the pod itself count, or only the others', () => {
    const of = (nodeName: string, rev: string) => {
      const { spec } = running(nodeName);
      return { metadata: { name: rev, labels: { app: 'web', rev } }, spec };
    };
    const pods = [of('a1', '1'), of('b1', '2')];
    const place = (more: Partial<PodAffinityTerm>): string =>
      outcome(pod(apart(term(more)), { labels: { app: 'x', rev: '2' } }), { nodes, pods });
    expect(place({})).toBe('x1');
    expect(place({ matchLabelKeys: ['rev'] })).toBe('a1 a2 x1');
    expect(place({ mismatchLabelKeys: ['rev'] })).toBe('b1 x1');
    expect(place({ matchLabelKeys: ['none'] })).toBe('x1');
  });
});

describe('spreading over domains', () => {
  const spread = (more: Partial<TopologySpreadConstraint> = {}): Partial<PodSpec> => ({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', labelSelector: web, ...more },
    ],
  });
  const own = { labels: { app: 'web' } };
  const pods = [running('a1'), running('b1', 'db')];

  test('GIVEN one pod more in a zone THEN the next goes to the other, and never where the label is missing', () => {
    expect(outcome(pod(spread(), own), { nodes, pods })).toBe('b1');
    expect(outcome(pod(spread(), own), { nodes: [nodes[3] ?? node('x1')] })).toBe(
      "0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label).",
    );
    expect(outcome(pod(spread({ maxSkew: 2 }), own), { nodes, pods })).toBe('a1 a2 b1');
    expect(outcome(pod(spread({ whenUnsatisfiable: 'ScheduleAnyway' }), own), { nodes, pods })).toBe('a1 a2 b1 x1');
  });

  test('GIVEN a pod that the selector does not mean THEN it does not add to the skew', () => {
    expect(outcome(pod(spread(), { labels: { app: 'db' } }), { nodes, pods })).toBe('a1 a2 b1');
  });

  test('GIVEN fewer domains than wanted THEN the least counts as none', () => {
    const everywhere = [running('a1'), running('b1')];
    expect(outcome(pod(spread({ minDomains: 2 }), own), { nodes, pods: everywhere })).toBe('a1 a2 b1');
    expect(outcome(pod(spread({ minDomains: 3 }), own), { nodes, pods: everywhere })).toBe(
      "0/4 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label), 3 node(s) didn't match pod topology spread constraints.",
    );
  });

  test('GIVEN nodes the pod cannot use THEN they count by affinity, and by taints only if that is asked for', () => {
    const tainted = node('b1', { labels: { [ZONE]: 'b' }, spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } });
    const two = [nodes[0] ?? tainted, tainted];
    expect(outcome(pod(spread(), own), { nodes: two, pods: [running('a1')] })).toContain("didn't match pod topology");
    expect(outcome(pod(spread({ nodeTaintsPolicy: 'Honor' }), own), { nodes: two, pods: [running('a1')] })).toBe('a1');
    const inA = { ...spread(), nodeSelector: { [ZONE]: 'a' } };
    expect(outcome(pod(inA, own), { nodes, pods })).toBe('a1 a2');
    const ignoring = { ...spread({ nodeAffinityPolicy: 'Ignore' }), nodeSelector: { [ZONE]: 'a' } };
    expect(outcome(pod(ignoring, own), { nodes: nodes.slice(0, 3), pods })).toContain("didn't match pod topology");
  });

  test('GIVEN pods that are ending or of other namespaces, or a selector of everything THEN nothing is counted', () => {
    const ending = running('a1');
    const leaving = { ...ending, metadata: { ...ending.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    expect(outcome(pod(spread(), own), { nodes, pods: [leaving] })).toBe('a1 a2 b1');
    const elsewhere = running('a1', 'web', 'elsewhere', {}, 'far');
    expect(outcome(pod(spread(), own), { nodes, pods: [elsewhere] })).toBe('a1 a2 b1');
    expect(outcome(pod(spread({ labelSelector: {} }), own), { nodes, pods })).toBe('a1 a2 b1');
  });

  test('GIVEN label keys THEN only pods of the same value count', () => {
    const labelled = { labels: { app: 'web', rev: '2' } };
    expect(outcome(pod(spread({ matchLabelKeys: ['rev'] }), labelled), { nodes, pods })).toBe('a1 a2 b1');
  });
});
