import { describe, expect, test } from 'vitest';
import { sessionDemand } from '../../lib/model/pod-demands.ts';
import { podsPerNode } from '../../lib/model/pods-per-node.ts';
import { warmCapacities, warmCapacityNotes, warmNodes } from '../../lib/model/warm-capacity.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';

const platformWith = (
  sessions: number,
  gpus: number,
  instanceTypes: string[],
  schedule?: { from: string; to: string },
) =>
  platformOf(
    eksInput({
      nodePools: eksInput().nodePools.map((pool) =>
        pool.name === 'gpu' ? { ...pool, capacity: { kind: 'ec2', instanceTypes, max: 9 } } : pool,
      ),
      sessionProfiles: eksInput().sessionProfiles.map((profile) =>
        profile.name === 'gpu'
          ? {
              ...profile,
              gpu: { count: gpus },
              warmCapacity: { sessions, ...(schedule ? { schedule: { ...schedule, days: ['mon', 'tue'] } } : {}) },
            }
          : profile,
      ),
    }),
  );

describe('NODE-9: what warm capacity takes', () => {
  test.each([
    { gpus: 1, type: 'g5.xlarge', each: 1, why: 'one GPU' },
    { gpus: 1, type: 'g5.12xlarge', each: 4, why: 'four GPUs' },
    { gpus: 2, type: 'g5.12xlarge', each: 2, why: 'two GPUs for each' },
    { gpus: 3, type: 'g5.12xlarge', each: 1, why: 'one GPU left over' },
    { gpus: 2, type: 'g5.4xlarge', each: 0, why: 'too few GPUs' },
  ])('GIVEN $type and sessions of $gpus GPUs THEN $each fit: $why', ({ gpus, type, each }) => {
    const platform = platformWith(1, gpus, [type]);
    const [warm] = warmCapacities(platform);
    const [node] = warm?.pool.nodes ?? [];
    if (!warm || !node) throw new Error('The fixture has no warm capacity.');
    expect(podsPerNode(sessionDemand(warm.profile), warm.pool, node)).toBe(each);
  });

  test.each([
    { request: '1950m', each: 1, why: 'two fit 3920m, but not beside the DaemonSets' },
    { request: '1m', each: 'pods', why: 'the node takes no more pods' },
  ])('GIVEN sessions of $request CPU THEN something else than GPUs decides: $why', ({ request, each }) => {
    const platform = platformOf(
      eksInput({
        nodePools: eksInput().nodePools.map((pool) =>
          pool.name === 'cpu'
            ? { ...pool, capacity: { kind: 'ec2', instanceTypes: ['m7i.xlarge'], max: 9, maxPods: 20 } }
            : pool,
        ),
        sessionProfiles: eksInput().sessionProfiles.map((profile) =>
          profile.name === 'small'
            ? { ...profile, cpu: { request }, memory: { request: '1M' }, warmCapacity: { sessions: 3 } }
            : profile,
        ),
      }),
    );
    const [warm] = warmCapacities(platform);
    const [node] = warm?.pool.nodes ?? [];
    if (!warm || !node) throw new Error('The fixture has no warm capacity.');
    expect(node.allocatable.millicpu).toBe(3920);
    const expected = each === 'pods' ? 20 - warm.pool.overhead.pods : each;
    expect(podsPerNode(sessionDemand(warm.profile), warm.pool, node)).toBe(expected);
    expect(warm.pool.overhead.pods).toBeGreaterThan(0);
  });

  test('GIVEN several types THEN the cheapest way counts, whatever stands first', () => {
    const nodes = (sessions: number) =>
      warmCapacities(platformWith(sessions, 1, ['g5.12xlarge', 'g5.xlarge'])).map((warm) => warmNodes(warm));
    expect(nodes(1)).toMatchObject([{ type: 'g5.xlarge', count: 1 }]);
    expect(nodes(3)).toMatchObject([{ type: 'g5.xlarge', count: 3 }]);
  });

  test('GIVEN a schedule THEN the note says what a week costs, and otherwise what all hours cost', () => {
    const price = 1.006;
    expect(warmCapacityNotes(platformWith(2, 1, ['g5.xlarge'], { from: '08:00', to: '18:00' }))).toEqual([
      `Warm capacity of "gpu" (sessions: 2): 2 x g5.xlarge, 20 hours a week, about ${(2 * price).toFixed(2)} USD an hour and ${(40 * price).toFixed(0)} USD a week (on demand, us-east-1).`,
    ]);
    expect(warmCapacityNotes(platformWith(1, 1, ['g5.xlarge']))[0]).toContain(
      '"gpu" (sessions: 1): 1 x g5.xlarge, 168 hours',
    );
  });
});
