import { describe, expect, test } from 'vitest';
import { sessionDemand } from '../../lib/model/pod-demands.ts';
import type { Profile } from '../../lib/model/profile.ts';
import { demandedPod } from '../../lib/scheduling/demanded-pod.ts';
import { emptyNodes } from '../../lib/scheduling/empty-nodes.ts';
import type { Pod } from '../../lib/scheduling/pod.ts';
import { podRequests } from '../../lib/scheduling/pod-requests.ts';
import { takeSnapshot } from '../../lib/scheduling/snapshot.ts';
import { decidePlacement } from '../../lib/scheduling/verdict.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';

const sessionPod = (profile: Profile): Pod => demandedPod(sessionDemand(profile));

describe('session profiles on the nodes of their platform (PROVE-1, NODE-1)', () => {
  test.each([
    ['EKS', eksInput()],
    ['on premises', onPremisesInput({ tenants: [] })],
  ])(
    'GIVEN a platform on %s WHEN its profiles are placed on empty nodes of all pools THEN each goes to its own pool',
    (_, input) => {
      const { pools, profiles } = platformOf(input);
      expect(profiles.length).toBeGreaterThan(0);
      for (const profile of profiles) {
        for (const pool of pools) {
          const verdict = decidePlacement(sessionPod(profile), takeSnapshot(emptyNodes(pool)));
          expect([profile.name, pool.name, verdict.kind]).toEqual([
            profile.name,
            pool.name,
            pool.name === profile.pool ? 'feasible' : 'infeasible',
          ]);
        }
      }
    },
  );

  test('GIVEN a profile WHEN its pod is made THEN it says what the launcher writes', () => {
    const profile = platformOf(eksInput()).profiles.find(({ name }) => name === 'gpu');
    if (!profile) throw new Error('no GPU profile');
    const { spec } = sessionPod(profile);
    expect(spec.nodeSelector).toEqual({ 'atelier.dev/node-pool': 'gpu' });
    expect(spec.tolerations).toEqual(profile.tolerations);
    expect(spec.priorityClassName).toBe(profile.priorityClass);
    expect(podRequests(spec)).toEqual({
      cpu: profile.cpu.request,
      memory: profile.memoryMB.request * 1e6,
      'nvidia.com/gpu': 1,
    });
  });

  test('GIVEN a pool WHEN its empty nodes are made THEN labels, taints, allocatable and DaemonSets are those of the pool', () => {
    const pool = platformOf(eksInput()).pools.find(({ name }) => name === 'gpu');
    if (!pool) throw new Error('no GPU pool');
    const [state] = takeSnapshot(emptyNodes(pool)).nodes;
    const [first] = pool.nodes;
    expect(state?.labels).toMatchObject(pool.labels);
    expect(state?.taints).toEqual(pool.taints);
    expect(state?.pods).toHaveLength(pool.overhead.pods);
    expect(state?.requested).toEqual({ cpu: pool.overhead.millicpu, memory: pool.overhead.memoryBytes });
    expect(state?.allocatable).toEqual({
      cpu: first?.allocatable.millicpu,
      memory: first?.allocatable.memoryBytes,
      'ephemeral-storage': first?.allocatable.ephemeralBytes,
      pods: first?.allocatable.pods,
      ...first?.devices,
    });
  });
});
