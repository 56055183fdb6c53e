import { describe, expect, test } from 'vitest';
import type { EksCluster } from '../../lib/model/cluster.ts';
import { KarpenterCloud } from '../../lib/nodes/karpenter-cloud.ts';
import { karpenterPolicies } from '../../lib/nodes/karpenter-policies.ts';
import { eksInput, environmentOf, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import upstream from '../fixtures/karpenter-policies.json' with { type: 'json' };
import { synthesize } from '../fixtures/synthesize.ts';

const { cluster } = environmentOf(eksInput());
const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:test';
const policies = karpenterPolicies(cluster as EksCluster, QUEUE);

/** IAM takes a text for a list of one, and lists in any order. */
function normalized(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return [...value].map((each) => normalized(each)).sort();
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, normalized(each, name)]));
  }
  return key === 'Action' || key === 'Resource' ? [value] : value;
}

describe("Karpenter's rights in AWS (CLOUD-1, NODE-3)", () => {
  test('WHEN compared with the template of Karpenter 1.14 THEN every statement is the same, field by field', () => {
    const theirs = Object.values(upstream.policies).flat();
    const ours = policies.flatMap(({ statements }) => statements);
    const bySid = (statements: readonly { readonly Sid: string }[]) =>
      Object.fromEntries(statements.map((statement) => [statement.Sid, normalized(statement)]));
    expect(bySid(ours)).toEqual(bySid(theirs));
    expect(policies).toHaveLength(Object.keys(upstream.policies).length);
  });

  test('WHEN written THEN each fits into a managed policy, and all to one role', () => {
    const long = { ...(cluster as EksCluster), name: 'n'.repeat(63) };
    for (const { statements } of karpenterPolicies(long, QUEUE)) {
      expect(JSON.stringify({ Version: '2012-10-17', Statement: statements }).length).toBeLessThanOrEqual(6144);
    }
    expect(policies.length).toBeLessThanOrEqual(10);
  });

  test('GIVEN a region of China WHEN written THEN ARNs are of its partition', () => {
    const china = { ...(cluster as EksCluster), region: 'cn-north-1' };
    expect(JSON.stringify(karpenterPolicies(china, QUEUE))).not.toContain('arn:aws:ec2');
  });

  test('GIVEN a queue of another name WHEN planned THEN queue, rights and rules agree on it', () => {
    const platform = platformOf(eksInput({ autoscaler: { kind: 'karpenter', interruptionQueue: 'spot-events' } }));
    const { cloud } = synthesize((scope) => new KarpenterCloud(scope, 'cloud', { platform }));
    const [queue, identity] = cloud;
    expect(queue).toMatchObject({ kind: 'interruption-queue', name: 'spot-events' });
    expect(queue?.spec.rules).toHaveLength(5);
    expect(JSON.stringify(identity?.spec)).toContain(':111122223333:spot-events"');
    expect(identity?.spec).toMatchObject({
      namespace: 'kube-system',
      serviceAccount: 'karpenter',
      role: 'test-karpenter',
    });
  });

  test('GIVEN no Karpenter WHEN planned THEN nothing is', () => {
    for (const input of [eksInput({ autoscaler: { kind: 'none' } }), onPremisesInput()]) {
      const platform = platformOf(input);
      expect(synthesize((scope) => new KarpenterCloud(scope, 'cloud', { platform })).cloud).toEqual([]);
    }
  });
});
