import { describe, expect, test } from 'vitest';
import { displacements } from '../../lib/scheduling/displacement.ts';
import { planPreemption } from '../../lib/scheduling/preemption.ts';
import { takeSnapshot } from '../../lib/scheduling/snapshot.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { asking, node } from './cluster.ts';

const ladder = platformOf(eksInput()).environment.priorities;

describe('the ladder of priorities (PRI-1, PRI-2)', () => {
  test('GIVEN the default ladder WHEN every pair meets THEN courses displace what is below them, warm sessions placeholders, and nobody else anybody', () => {
    const displacing = displacements(ladder).filter((each) => each.displaces);
    const victimsOf = (name: string): readonly string[] =>
      displacing.filter(({ preemptor }) => preemptor === name).map(({ victim }) => victim);
    expect(new Set(displacing.map(({ preemptor }) => preemptor))).toEqual(new Set(['atelier-warm', 'atelier-course']));
    expect(victimsOf('atelier-warm')).toEqual(['atelier-placeholder']);
    expect(victimsOf('atelier-course')).toEqual([
      'atelier-placeholder',
      'atelier-warm',
      'atelier-low',
      'atelier-batch',
      'atelier-hub',
      'atelier-default',
    ]);
    expect(displacements(ladder)).toHaveLength(ladder.length ** 2);
  });

  test('GIVEN a full node WHEN a pod of one class meets a pod of another THEN it ends exactly where the ladder says so', () => {
    const priorityClasses = ladder.map(({ name, value, preempts, default: globalDefault }) => ({
      metadata: { name },
      value,
      globalDefault,
      preemptionPolicy: preempts ? ('PreemptLowerPriority' as const) : ('Never' as const),
    }));
    for (const { preemptor, victim, displaces } of displacements(ladder)) {
      const { spec } = asking({ cpu: '64' }, { nodeName: 'full', priorityClassName: victim });
      const snapshot = takeSnapshot({
        nodes: [node('full')],
        pods: [{ metadata: { name: 'victim' }, spec }],
        priorityClasses,
      });
      const candidates = planPreemption(asking({ cpu: '1' }, { priorityClassName: preemptor }), snapshot);
      expect([preemptor, victim, candidates.length > 0]).toEqual([preemptor, victim, displaces]);
    }
  });
});
