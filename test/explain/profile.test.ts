import { describe, expect, test } from 'vitest';
import type { Audience } from '../../lib/explain/audience.ts';
import { explain } from '../../lib/explain/explain.ts';
import type { Explanation } from '../../lib/explain/explanation.ts';
import type { Scene } from '../../lib/explain/scene.ts';
import { onPremisesInput } from '../fixtures/environment.ts';
import { named } from '../fixtures/mutate.ts';
import { sceneAfter, sceneOf, stepOf, textOf } from './scenes.ts';

const profileOf = (scene: Scene, name: string, audience?: Audience): Explanation =>
  explain(scene, { kind: 'profile', name, ...(audience ? { audience } : {}) });

const inGroups = (...groups: readonly string[]): Audience => ({ groups });

describe('who is offered a profile (WB-1, PROVE-2)', () => {
  test('GIVEN a group that is not offered it THEN it stops there, and says who is', () => {
    const explanation = profileOf(sceneAfter(), 'gpu', inGroups('data-science'));
    const offer = stepOf(explanation, 'offer');
    expect(explanation.verdict).toBe('stop');
    expect(explanation.summary).toBe(
      'A session does not start: not offered to somebody in data-science: section [@data-science] does not name it.',
    );
    expect(textOf(offer)).toContain('It is offered to group gpu-users.');
    expect(offer.facts).toMatchObject({ decides: '@data-science', offered: false, meant: false });
  });

  test('GIVEN a user whose groups include the profile by inclusion THEN the section of his group decides', () => {
    const offer = stepOf(profileOf(sceneAfter(), 'gpu', { user: 'bob', groups: ['gpu-users'] }), 'offer');
    expect(offer.verdict).toBe('fine');
    expect(offer.summary).toBe('offered to user bob in gpu-users by section [@gpu-users]');
  });

  test('GIVEN a user whom the environment lists in a group THEN nobody needs to name the group', () => {
    const scene = sceneAfter((draft) => {
      draft.groups = [{ name: 'data-science' }, { name: 'gpu-users', includes: ['data-science'], members: ['alice'] }];
    });
    expect(stepOf(profileOf(scene, 'gpu', { user: 'alice', groups: [] }), 'offer').facts).toMatchObject({
      groups: ['gpu-users'],
      offered: true,
    });
  });

  test('GIVEN two groups of which the later section wins THEN it says that the environment meant otherwise, and the remedy', () => {
    const scene = sceneAfter((draft) => {
      draft.groups = [{ name: 'gpu-users' }, { name: 'students' }];
    });
    const offer = stepOf(profileOf(scene, 'gpu', { user: 'carol', groups: ['gpu-users', 'students'] }), 'offer');
    expect(offer.verdict).toBe('stop');
    expect(offer.facts).toMatchObject({
      matching: ['*', '@gpu-users', '@students'],
      decides: '@students',
      meant: true,
    });
    expect(textOf(offer)).toContain('List carol under members of the groups');
  });
});

describe('whether and where its pod runs (PROVE-1, PROVE-2)', () => {
  test('GIVEN a profile larger than every node of its pool THEN it names what is short on each, and nothing is launched', () => {
    const scene = sceneAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').cpu = { request: 30 };
    });
    const explanation = profileOf(scene, 'gpu');
    expect(explanation.summary).toMatch(/^A session does not start: no node of pool gpu takes it/);
    expect(textOf(stepOf(explanation, 'pools'))).toMatch(
      /gpu: g5\.xlarge: asks for cpu 30 of \d+m; g5\.2xlarge: asks for cpu 30 of \d+m/,
    );
    expect(stepOf(explanation, 'node').facts).toEqual({ launches: false });
    expect(stepOf(explanation, 'check').facts).toMatchObject({ findings: [{ code: 'NODE002' }] });
  });

  test('GIVEN a profile that fits the larger type alone THEN that one is launched, and the smaller says why not', () => {
    const scene = sceneAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').cpu = { request: 5 };
    });
    const explanation = profileOf(scene, 'gpu');
    expect(stepOf(explanation, 'node').facts).toMatchObject({
      by: 'karpenter',
      type: 'g5.2xlarge',
      sessionsPerNode: 1,
    });
    expect(textOf(stepOf(explanation, 'pools'))).toMatch(/gpu: g5\.2xlarge\ngpu: g5\.xlarge: asks for cpu 5 of \d+m/);
  });

  test('GIVEN a profile without a GPU on a pool with GPUs THEN the template gives it no toleration, so it stays Pending', () => {
    const scene = sceneAfter((draft) => {
      delete named(draft.sessionProfiles, 'gpu').gpu;
    });
    const explanation = profileOf(scene, 'gpu');
    expect(stepOf(explanation, 'template').verdict).toBe('care');
    expect(stepOf(explanation, 'pools').verdict).toBe('stop');
    expect(textOf(stepOf(explanation, 'pools'))).toContain(
      'gpu: taint atelier.dev/dedicated=gpu:NoSchedule is not tolerated',
    );
  });

  test('GIVEN the cheapest type is not the first THEN Karpenter takes the cheapest, a node group its first', () => {
    const types = ['g5.2xlarge', 'g5.xlarge'];
    const first = (kind: 'karpenter' | 'cluster-autoscaler') => {
      const scene = sceneAfter((draft) => {
        draft.autoscaler = { kind };
        const { capacity } = named(draft.nodePools, 'gpu');
        if (capacity.kind === 'ec2') capacity.instanceTypes = kind === 'karpenter' ? types : ['g5.xlarge'];
      });
      return stepOf(profileOf(scene, 'gpu'), 'node').facts;
    };
    expect(first('karpenter')).toMatchObject({ by: 'karpenter', type: 'g5.xlarge', usdPerHour: 1.006 });
    expect(first('cluster-autoscaler')).toMatchObject({ by: 'cluster-autoscaler', type: 'g5.xlarge' });
  });

  test('GIVEN a pool without nodes and without an autoscaler THEN a session waits for ever', () => {
    const scene = sceneAfter((draft) => {
      draft.autoscaler = { kind: 'none' };
      const { capacity } = named(draft.nodePools, 'gpu');
      if (capacity.kind === 'ec2') capacity.instanceTypes = ['g5.xlarge'];
    });
    expect(profileOf(scene, 'gpu').summary).toBe(
      'A session does not start: on one of the 0 nodes of pool gpu; nobody adds more.',
    );
  });

  test('GIVEN machines that exist THEN nothing is launched and nothing is removed', () => {
    const explanation = profileOf(sceneOf(onPremisesInput()), 't4');
    expect(stepOf(explanation, 'node').facts).toMatchObject({
      launches: false,
      by: 'nobody',
      nodes: { min: 2, max: 2 },
    });
    expect(textOf(stepOf(explanation, 'ending'))).toContain('nodes stay: nobody removes them');
  });
});

describe('which quota ends first (TEN-3, PROVE-2)', () => {
  test('GIVEN a group of a tenant THEN sessions are told from pods of the tenant, and the smallest limit is named', () => {
    const quota = stepOf(profileOf(sceneAfter(), 'gpu', inGroups('gpu-users', 'vision')), 'quota');
    expect(quota.summary).toContain("everybody's sessions run in workbench-sessions, which has no quota");
    expect(textOf(quota)).toContain('vision: 2 at once, limited by nvidia.com/gpu 2 of vision');
  });

  test('GIVEN a tenant above with less THEN that one ends first', () => {
    const scene = sceneAfter((draft) => {
      const [research] = draft.tenants as { quota: object; children: object[] }[];
      if (research) research.quota = { cpu: 7, memory: '256Gi', pods: 100, gpus: 2 };
    });
    const audience = inGroups('gpu-users', 'vision');
    const [tenant] = stepOf(profileOf(scene, 'gpu', audience), 'quota').facts.tenants as unknown as {
      rooms: { namespace: string; times: number; resource: string }[];
    }[];
    expect(tenant?.rooms.slice(0, 2)).toEqual([
      { namespace: 'vision', resource: 'requests.nvidia.com/gpu', hard: '2', times: 2 },
      { namespace: 'research', resource: 'requests.nvidia.com/gpu', hard: '2', times: 2 },
    ]);
    expect(
      tenant?.rooms.find(({ namespace, resource }) => namespace === 'research' && resource === 'requests.cpu')?.times,
    ).toBe(2);
  });

  test('GIVEN a tenant without GPUs THEN none fits, and the policy that refuses it is named', () => {
    const quota = stepOf(profileOf(sceneAfter(), 'gpu', inGroups('gpu-users', 'students')), 'quota');
    expect(quota.lines.find(({ text }) => text.startsWith('teaching'))).toEqual({
      text: 'teaching: refused by gpu-access: the namespace may not use GPUs',
      mark: 'no',
    });
  });

  test('GIVEN somebody of no tenant THEN it says so', () => {
    expect(textOf(stepOf(profileOf(sceneAfter(), 'gpu', inGroups('gpu-users')), 'quota'))).toContain(
      'belongs to no tenant',
    );
  });

  test('GIVEN a quota in the namespace of the sessions THEN they are counted against it', () => {
    const scene = sceneAfter();
    const quota = {
      phase: '60-workloads' as const,
      manifest: {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'sessions', namespace: 'workbench-sessions' },
        spec: { hard: { 'requests.nvidia.com/gpu': '0', pods: '10' } },
      },
      origin: { construct: 'by-hand', path: 'by-hand' },
    };
    const with0 = { ...scene, bundle: { ...scene.bundle, objects: [...scene.bundle.objects, quota] } };
    expect(profileOf(with0, 'gpu').summary).toContain('whose quota holds 0 such sessions: nvidia.com/gpu 0');
    expect(stepOf(profileOf(with0, 'small'), 'quota').facts).toMatchObject({
      quotas: [{ resource: 'pods', times: 10 }],
    });
  });
});

describe('what policies and priorities say (POL-1, POL-2, PRI-2, PROVE-2)', () => {
  test('GIVEN a class that is not for sessions THEN the policy refuses the session', () => {
    const scene = sceneAfter((draft) => {
      named(draft.sessionProfiles, 'gpu').priorityClass = 'atelier-infrastructure';
    });
    const explanation = profileOf(scene, 'gpu');
    expect(explanation.summary).toBe('A session does not start: refused by allowed-priorities.');
    expect(textOf(stepOf(explanation, 'policies'))).toContain('class atelier-infrastructure is not for tier session');
  });

  test('GIVEN a class that preempts beside another profile THEN both say who displaces whom', () => {
    const scene = sceneAfter((draft) => {
      draft.sessionProfiles = [
        ...draft.sessionProfiles,
        { ...structuredClone(named(draft.sessionProfiles, 'gpu')), name: 'course', priorityClass: 'atelier-course' },
      ];
    });
    expect(stepOf(profileOf(scene, 'course'), 'priority').facts).toMatchObject({ displaces: ['sessions of gpu'] });
    const priority = stepOf(profileOf(scene, 'gpu'), 'priority');
    expect(priority.verdict).toBe('care');
    expect(priority.facts).toMatchObject({ displaces: [], displacedBy: ['sessions of course'] });
  });
});

describe('how it ends (WB-5, NODE-7, NODE-8, PROVE-2)', () => {
  test('GIVEN spot capacity under a protected session THEN it says that nothing protects it from EC2', () => {
    const scene = sceneAfter((draft) => {
      const { capacity } = named(draft.nodePools, 'gpu');
      if (capacity.kind === 'ec2') capacity.capacityTypes = ['spot'];
    });
    const explanation = profileOf(scene, 'gpu');
    expect(stepOf(explanation, 'node').summary).toBe(
      'from zero, Karpenter launches spot capacity, such as g5.xlarge, below 1.01 USD an hour',
    );
    expect(stepOf(explanation, 'ending').verdict).toBe('care');
    expect(textOf(stepOf(explanation, 'ending'))).toContain('two minutes of notice, whatever protects the session');
  });

  test('GIVEN a group that is also offered a profile with less idle time THEN RStudio ends by that, and says so', () => {
    const ending = stepOf(profileOf(sceneAfter(), 'small', inGroups('gpu-users')), 'ending');
    expect(ending.summary).toContain('RStudio 1h');
    expect(textOf(ending)).toContain('the least of all profiles that section [@gpu-users] offers');
    expect(stepOf(profileOf(sceneAfter(), 'small'), 'ending').summary).toContain('RStudio 2h');
  });

  test('GIVEN an unprotected profile where badly used nodes are emptied THEN the session is lost', () => {
    const scene = sceneAfter((draft) => {
      named(draft.nodePools, 'cpu').disruption = { consolidate: 'when-empty-or-underutilized', expireAfter: '30d' };
      Object.assign(named(draft.sessionProfiles, 'small'), { protected: false, interruptible: true });
    });
    const text = textOf(stepOf(profileOf(scene, 'small'), 'ending'));
    expect(text).toContain('the session is evicted and not started again');
    expect(text).toContain('a node is replaced at the age of 720h');
  });
});
