import { describe, expect, test } from 'vitest';
import { explain, type Subject } from '../../lib/explain/explain.ts';
import type { Scene } from '../../lib/explain/scene.ts';
import { onPremisesInput } from '../fixtures/environment.ts';
import { named } from '../fixtures/mutate.ts';
import { sceneAfter, sceneOf, stepOf, textOf } from './scenes.ts';

const about = (scene: Scene, kind: Exclude<Subject['kind'], 'profile'>, name: string) => explain(scene, { kind, name });

describe('node pools (NODE-1, NODE-3, PROVE-2)', () => {
  test('GIVEN a GPU pool THEN what is left for sessions is allocatable without DaemonSets', () => {
    const scene = sceneAfter();
    const pool = scene.bundle.platform.pools.find(({ name }) => name === 'gpu');
    const [node] = pool?.nodes ?? [];
    if (!pool || !node) throw new Error('The fixture has no GPU node.');
    expect(stepOf(about(scene, 'node-pool', 'gpu'), 'nodes').facts).toMatchObject({
      nodes: [
        {
          type: 'g5.xlarge',
          forSessions: {
            millicpu: node.allocatable.millicpu - pool.overhead.millicpu,
            memoryBytes: node.allocatable.memoryBytes - pool.overhead.memoryBytes,
          },
        },
        { type: 'g5.2xlarge' },
      ],
    });
  });

  test('GIVEN a GPU pool THEN its own profile reaches it, and the others say which taint keeps them off', () => {
    const reach = stepOf(about(sceneAfter(), 'node-pool', 'gpu'), 'reach');
    expect(reach.summary).toBe('reached by gpu');
    expect(textOf(reach)).toContain('small: taint atelier.dev/dedicated=gpu:NoSchedule is not tolerated');
  });

  test('GIVEN a profile that outgrew its pool THEN the pool says so, and its verdict is to stop', () => {
    const scene = sceneAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').cpu = { request: 30 };
    });
    const explanation = about(scene, 'node-pool', 'gpu');
    expect(explanation.verdict).toBe('stop');
    expect(explanation.summary).toContain('gpu names the pool and fits none of its nodes');
  });

  test('GIVEN a price THEN an empty pool costs its fewest nodes, a full one its most of the dearest kind', () => {
    const { facts } = stepOf(about(sceneAfter(), 'node-pool', 'gpu'), 'cost');
    expect(facts).toEqual({ usdPerHour: { empty: 0, full: 4 * 1.212 } });
    expect(stepOf(about(sceneOf(onPremisesInput()), 'node-pool', 'gpu'), 'cost').summary).toBe(
      'unknown: the machines are ours',
    );
  });

  test('GIVEN Karpenter, cluster-autoscaler, and neither THEN each says who adds and removes nodes', () => {
    const scaling = (kind: 'karpenter' | 'cluster-autoscaler' | 'none') => {
      const scene = sceneAfter((draft) => {
        draft.autoscaler = { kind };
        const { capacity } = named(draft.nodePools, 'gpu');
        if (capacity.kind === 'ec2') capacity.instanceTypes = ['g5.xlarge'];
      });
      return textOf(stepOf(about(scene, 'node-pool', 'gpu'), 'scaling'));
    };
    expect(scaling('karpenter')).toContain('down: Karpenter removes a node 5m after its last session, down to none');
    expect(scaling('cluster-autoscaler')).toContain('up: within 10s cluster-autoscaler grows the group');
    expect(scaling('none')).toContain('nobody adds nodes');
  });
});

describe('tenants (TEN-1, TEN-3, PROVE-2)', () => {
  test('GIVEN a tenant below another THEN its limits are the smallest of its path', () => {
    const scene = sceneAfter((draft) => {
      const [research] = draft.tenants as { quota: object }[];
      if (research) research.quota = { cpu: 16, memory: '256Gi', pods: 100, gpus: 4 };
    });
    const quota = stepOf(about(scene, 'tenant', 'vision'), 'quota');
    expect(quota.facts).toMatchObject({
      limits: {
        'requests.cpu': { hard: '16', namespace: 'research' },
        'requests.nvidia.com/gpu': { hard: '2', namespace: 'vision' },
      },
    });
    expect(textOf(quota)).toContain('tighter above: cpu 16 (research)');
  });

  test('GIVEN people above and here THEN both are named, and who comes from above', () => {
    const people = stepOf(about(sceneAfter(), 'tenant', 'vision'), 'people');
    expect(people.summary).toBe(
      'owned by group vision-leads and group research-leads (from above); members: group vision and user alice@example.org',
    );
  });

  test('GIVEN a folder THEN no pods run in it', () => {
    const explanation = about(sceneAfter(), 'tenant', 'research');
    expect(stepOf(explanation, 'room').summary).toBe('no pods: a folder holds no workloads');
    expect(stepOf(explanation, 'quota').summary).toBe('at most pods 100, cpu 64, memory 256Gi, nvidia.com/gpu 4');
  });

  test('GIVEN plain namespaces THEN the quota above does not count', () => {
    const scene = sceneAfter((draft) => {
      draft.tenancy = { backend: { kind: 'plain' } };
    });
    const { levels } = stepOf(about(scene, 'tenant', 'vision'), 'quota').facts as unknown as {
      levels: { namespace: string }[];
    };
    expect(levels.map(({ namespace }) => namespace)).toEqual(['vision']);
    expect(stepOf(about(scene, 'tenant', 'research'), 'place').facts).not.toHaveProperty('namespace');
  });

  test('GIVEN an exception THEN the tenant it holds for lists it', () => {
    const scene = sceneAfter((draft) => {
      draft.policies = {
        exceptions: [{ name: 'big', policy: 'pod-ceiling', namespace: 'vision', reason: 'Large models.' }],
      };
    });
    expect(textOf(stepOf(about(scene, 'tenant', 'vision'), 'policies'))).toContain(
      'exception big from pod-ceiling: Large models.',
    );
  });
});

describe('exceptions from the ceiling of pods (POL-3, PROVE-2)', () => {
  const answer = (exception: object) => {
    const scene = sceneAfter((draft) => {
      draft.policies = {
        ceiling: { cpu: 2, memory: '64Gi' },
        exceptions: [
          { name: 'big', policy: 'pod-ceiling', namespace: 'vision', reason: 'Large models.', ...exception },
        ],
      };
    });
    return textOf(stepOf(about(scene, 'tenant', 'vision'), 'room'));
  };

  test('GIVEN one for the namespace THEN the quota is what limits; GIVEN one for an account THEN others are refused', () => {
    expect(answer({})).toContain('gpu: 2 at once, limited by nvidia.com/gpu 2 of vision');
    expect(answer({ namespace: 'teaching' })).toContain('gpu: refused by pod-ceiling: above 2 CPU and 64Gi of one pod');
    expect(answer({ serviceAccount: 'trainer' })).toContain(
      'gpu: refused by pod-ceiling: above 2 CPU and 64Gi of one pod, save for ServiceAccount trainer by exception big',
    );
  });
});

describe('objects (PROVE-2)', () => {
  const references = (name: string, id: string) =>
    (
      stepOf(about(sceneAfter(), 'object', name), id).facts.references as unknown as { how: string; name: string }[]
    ).map((each) => `${each.how} ${each.name}`);

  test('GIVEN an object of a pool THEN the pool is where it comes from', () => {
    const { facts } = stepOf(about(sceneAfter(), 'object', 'NodePool/gpu'), 'origin');
    expect(facts).toMatchObject({ path: 'nodePools.gpu', phase: '40-nodes', apiVersion: 'karpenter.sh/v1' });
  });

  test('GIVEN a reference THEN it shows at both ends', () => {
    expect(references('NodePool/gpu', 'refers-to')).toEqual(['launches nodes by EC2NodeClass/gpu']);
    expect(references('EC2NodeClass/gpu', 'named-by')).toEqual(['launches nodes by NodePool/gpu']);
    expect(references('NodePool/gpu', 'named-by')).toEqual(['runs on profile/gpu']);
    expect(references('Service/hnc-system/hnc-webhook-service', 'refers-to')).toEqual([
      'lives in Namespace/hnc-system',
      'sends to Deployment/hnc-system/hnc-manager',
    ]);
    expect(references('Deployment/hnc-system/hnc-manager', 'named-by')).toContain(
      'sends to Service/hnc-system/hnc-webhook-service',
    );
    expect(references('PersistentVolumeClaim/workbench-sessions/workbench-homes', 'named-by')).toContain(
      'mounts HelmRelease/workbench/workbench',
    );
  });

  test('GIVEN people THEN they are of the directory, not of the cluster', () => {
    const binding = stepOf(about(sceneAfter(), 'object', 'RoleBinding/vision/vision-members'), 'refers-to');
    expect(textOf(binding)).toContain('gives rights to Group/vision (of the directory)');
    expect(textOf(binding)).toContain('grants ClusterRole/atelier:tenant-member');
  });

  test('GIVEN kinds in any case, and names that need no namespace THEN the object is found', () => {
    const scene = sceneAfter();
    const full = about(scene, 'object', 'Service/hnc-system/hnc-webhook-service').name;
    expect(about(scene, 'object', 'service/hnc-webhook-service').name).toBe(full);
  });
});
