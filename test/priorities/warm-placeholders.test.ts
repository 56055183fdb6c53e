import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { WarmPlaceholders } from '../../lib/priorities/warm-placeholders.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

type Warm = NonNullable<EnvironmentInput['sessionProfiles'][number]['warmCapacity']>;
type Schedule = NonNullable<Warm['schedule']>;

const OFFICE: Schedule = { days: ['fri', 'mon'], from: '08:30', to: '18:00', timeZone: 'Europe/Berlin' };

/** The fixture with warm capacity for the profiles named. */
const warm = (capacity: Readonly<Record<string, Warm>>) =>
  eksInput({
    sessionProfiles: eksInput().sessionProfiles.map((profile) => ({
      ...profile,
      ...(capacity[profile.name] ? { warmCapacity: capacity[profile.name], priorityClass: 'atelier-warm' } : {}),
    })),
  });
const build = (capacity: Readonly<Record<string, Warm>>) =>
  synthesize((scope) => new WarmPlaceholders(scope, 'warm', { platform: platformOf(warm(capacity)) }));
const named = (collected: ReturnType<typeof build>, kind: string) => Object.keys(manifestsOf(collected, kind));

describe('NODE-9: warm capacity', () => {
  const always = build({ gpu: { sessions: 3 } });
  const office = build({ gpu: { sessions: 2, schedule: OFFICE } });

  test('GIVEN sessions without a schedule THEN that many placeholders are held for ever, and nobody may scale them', () => {
    expect(manifestsOf(always, 'Deployment').gpu?.spec).toMatchObject({ replicas: 3, strategy: { type: 'Recreate' } });
    for (const kind of ['CronJob', 'Role', 'RoleBinding', 'ServiceAccount']) expect(named(always, kind)).toEqual([]);
  });

  test('GIVEN the profile THEN a placeholder is as large as one session, stands where it would, and holds back no node', () => {
    const deployment = manifestsOf(always, 'Deployment').gpu;
    expect(deployment).not.toHaveProperty('spec.template.metadata.annotations');
    expect(deployment).toHaveProperty('spec.template.spec.terminationGracePeriodSeconds', 0);
    expect(deployment).toMatchObject({
      spec: {
        template: {
          spec: {
            nodeSelector: { 'atelier.dev/node-pool': 'gpu' },
            priorityClassName: 'atelier-placeholder',
            automountServiceAccountToken: false,
            tolerations: [
              { key: 'atelier.dev/dedicated', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
              { key: 'nvidia.com/gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' },
            ],
            containers: [
              {
                resources: {
                  limits: { 'nvidia.com/gpu': '1' },
                  requests: { cpu: '3', memory: '12000M', 'nvidia.com/gpu': '1' },
                },
              },
            ],
          },
        },
      },
    });
  });

  test('GIVEN a profile that is packed THEN its placeholders are too (NODE-6)', () => {
    const input = warm({ gpu: { sessions: 1 } });
    const packed = {
      ...input,
      packingScheduler: { kind: 'deployment' as const },
      sessionProfiles: input.sessionProfiles.map((profile) => ({ ...profile, scheduler: 'packing' as const })),
    };
    const made = synthesize((scope) => new WarmPlaceholders(scope, 'warm', { platform: platformOf(packed) }));
    expect(manifestsOf(made, 'Deployment').gpu).toHaveProperty('spec.template.spec.schedulerName', 'atelier-packing');
    expect(manifestsOf(always, 'Deployment').gpu).not.toHaveProperty('spec.template.spec.schedulerName');
  });

  test('GIVEN a profile without a GPU THEN its placeholders ask for none', () => {
    const spec = JSON.stringify(manifestsOf(build({ small: { sessions: 4 } }), 'Deployment').small?.spec);
    expect(spec).toContain('"cpu":"500m"');
    expect(spec).not.toContain('nvidia.com/gpu');
  });

  test('GIVEN a schedule THEN the number belongs to two switches: one opens on its days, one closes every day', () => {
    expect(manifestsOf(office, 'Deployment').gpu?.spec).not.toHaveProperty('replicas');
    const cronJobs = manifestsOf(office, 'CronJob');
    expect(cronJobs['gpu-open']?.spec).toMatchObject({ schedule: '30 8 * * 1,5', timeZone: 'Europe/Berlin' });
    expect(cronJobs['gpu-close']?.spec).toMatchObject({
      schedule: '0 18 * * 0,1,2,3,4,5,6',
      timeZone: 'Europe/Berlin',
    });
    expect(JSON.stringify(cronJobs['gpu-open'])).toContain('"--replicas=2"');
    expect(JSON.stringify(cronJobs['gpu-close'])).toContain('"--replicas=0"');
  });

  test('GIVEN a switch that comes late THEN it counts until the other is due, and no longer', () => {
    const deadlines = Object.values(manifestsOf(office, 'CronJob')).map(({ spec }) => {
      const { startingDeadlineSeconds, jobTemplate } = spec as unknown as {
        startingDeadlineSeconds: number;
        jobTemplate: { spec: { activeDeadlineSeconds: number } };
      };
      expect(jobTemplate.spec.activeDeadlineSeconds).toBe(startingDeadlineSeconds);
      return startingDeadlineSeconds;
    });
    expect(deadlines).toEqual([9.5 * 3600, 14.5 * 3600]);
  });

  test('GIVEN a switch THEN it may scale the Deployments it is there for, and nothing else', () => {
    expect(manifestsOf(office, 'Role')['capacity-switch']?.rules).toEqual([
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['gpu'], verbs: ['get'] },
      { apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames: ['gpu'], verbs: ['get', 'patch'] },
    ]);
  });

  test('GIVEN several profiles THEN the quota is what they ask for together, with one switch for each schedule', () => {
    const both = build({ small: { sessions: 4 }, gpu: { sessions: 2, schedule: OFFICE } });
    expect(manifestsOf(both, 'ResourceQuota')['warm-capacity']?.spec).toEqual({
      hard: {
        pods: '7',
        'requests.cpu': '8010m',
        'requests.memory': '31315536Ki',
        'requests.nvidia.com/gpu': '2',
      },
    });
    // 4 x 2 GB, 2 x 12 GB and 64 MiB.
    expect(31_315_536 * 1024).toBe(32e9 + 64 * 2 ** 20);
  });

  test('GIVEN names of our own objects, and long ones THEN everything is made', () => {
    const names = ['quota', 'switch', 'default-deny', 'a'.repeat(63)];
    const [profile] = eksInput().sessionProfiles;
    if (!profile) throw new Error('The fixture has no profile.');
    const input = eksInput({
      sessionProfiles: names.map((name) => ({ ...profile, name, warmCapacity: { sessions: 1, schedule: OFFICE } })),
    });
    const made = synthesize((scope) => new WarmPlaceholders(scope, 'warm', { platform: platformOf(input) }));
    expect(named(made, 'Deployment')).toEqual(names);
    expect(named(made, 'CronJob')).toHaveLength(8);
    for (const name of named(made, 'CronJob')) expect(name.length).toBeLessThanOrEqual(52);
  });

  test('GIVEN no warm capacity THEN there is nothing', () => {
    expect(build({}).objects).toEqual([]);
  });
});
