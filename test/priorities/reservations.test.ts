import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { weeklySchedule } from '../../lib/priorities/cron.ts';
import { Reservations } from '../../lib/priorities/reservations.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

type Reservation = NonNullable<EnvironmentInput['reservations']>[number];

const course: Reservation = {
  name: 'vision-101',
  course: 'gpu',
  gpus: 3,
  days: ['wed', 'mon'],
  from: '09:30',
  to: '12:05',
  timeZone: 'Europe/Berlin',
};

function reservations(input: EnvironmentInput = eksInput({ reservations: [course] })) {
  const platform = platformOf(input);
  return synthesize((scope) => new Reservations(scope, 'reservations', { platform }));
}

describe('PRI-3: GPUs held for courses', () => {
  const made = reservations();
  const deployment = manifestsOf(made, 'Deployment')['vision-101'];
  const jobs = manifestsOf(made, 'CronJob');

  test('THEN a placeholder is as large as a session of the course, where its sessions run', () => {
    expect(deployment?.spec).toMatchObject({
      replicas: 0,
      template: {
        spec: {
          priorityClassName: 'atelier-placeholder',
          terminationGracePeriodSeconds: 0,
          nodeSelector: { 'atelier.dev/node-pool': 'gpu' },
          tolerations: [
            { key: 'atelier.dev/dedicated', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
            { key: 'nvidia.com/gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' },
          ],
          containers: [
            {
              resources: {
                requests: { cpu: '3', memory: '12000M', 'nvidia.com/gpu': '1' },
                limits: { 'nvidia.com/gpu': '1' },
              },
            },
          ],
        },
      },
    });
  });

  test('THEN it is raised at the start and dropped at the end, in the time zone of the course', () => {
    const start = jobs['vision-101-start']?.spec;
    const stop = jobs['vision-101-stop']?.spec;
    expect(start).toMatchObject({ schedule: '30 9 * * 1,3', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid' });
    expect(stop).toMatchObject({ schedule: '5 12 * * 1,3', timeZone: 'Europe/Berlin' });
    expect(JSON.stringify(start)).toContain(String.raw`--patch={\"spec\":{\"replicas\":3}}`);
    expect(JSON.stringify(stop)).toContain(String.raw`--patch={\"spec\":{\"replicas\":0}}`);
  });

  test('THEN who scales may scale this one Deployment and nothing else', () => {
    expect(manifestsOf(made, 'Role')['vision-101-scaler']?.rules).toEqual([
      { apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames: ['vision-101'], verbs: ['get', 'patch'] },
    ]);
  });

  test('THEN no more devices can be held than are reserved', () => {
    expect(manifestsOf(made, 'ResourceQuota').reserved?.spec).toEqual({
      hard: { pods: '5', 'requests.nvidia.com/gpu': '3' },
    });
  });

  test('THEN only scaling pods reach the network, and not the credentials of the node', () => {
    const policies = manifestsOf(made, 'NetworkPolicy');
    expect(policies['default-deny']?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(policies['api-server']?.spec).toMatchObject({
      podSelector: { matchLabels: { 'app.kubernetes.io/component': 'reservation-scaler' } },
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }] }],
    });
  });

  test('THEN every pod passes the restricted level of Pod Security', () => {
    const templates = [deployment?.spec, ...Object.values(jobs).map(({ spec }) => spec)];
    for (const spec of templates) {
      const text = JSON.stringify(spec);
      expect(text).toContain('"runAsNonRoot":true');
      expect(text).toContain('"seccompProfile":{"type":"RuntimeDefault"}');
      expect(text).toContain('"allowPrivilegeEscalation":false');
      expect(text).toContain('"capabilities":{"drop":["ALL"]}');
    }
  });

  test('GIVEN MIG and shared GPUs of two courses THEN each device is counted under its own name', () => {
    const input = onPremisesInput({
      reservations: [
        { ...course, name: 'mig', gpus: 2 },
        { ...course, name: 'shared', course: 't4', gpus: 4 },
        { ...course, name: 'shared-too', course: 't4', gpus: 1 },
      ],
    });
    expect(manifestsOf(reservations(input), 'ResourceQuota').reserved?.spec).toEqual({
      hard: {
        pods: '13',
        'requests.nvidia.com/gpu.shared': '5',
        'requests.nvidia.com/mig-1g.5gb': '2',
        'requests.nvidia.com/mig-2g.10gb': '0',
        'requests.nvidia.com/mig-3g.20gb': '0',
      },
    });
  });

  test('GIVEN sessions of two GPUs THEN a placeholder holds two, and an odd one is rounded up', () => {
    const input = eksInput({ reservations: [course] });
    const sessionProfiles = input.sessionProfiles.map((each) => (each.gpu ? { ...each, gpu: { count: 2 } } : each));
    const two = reservations({ ...input, sessionProfiles });
    expect(JSON.stringify(manifestsOf(two, 'CronJob')['vision-101-start'])).toContain(String.raw`\"replicas\":2`);
    expect(manifestsOf(two, 'ResourceQuota').reserved?.spec).toMatchObject({
      hard: { 'requests.nvidia.com/gpu': '4' },
    });
  });

  test('GIVEN the longest names THEN those of the CronJobs fit and stay apart', () => {
    const long = 'x'.repeat(62);
    const input = eksInput({
      reservations: [
        { ...course, name: `${long}a` },
        { ...course, name: `${long}b` },
      ],
    });
    const names = Object.keys(manifestsOf(reservations(input), 'CronJob'));
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^x+-[0-9a-f]{6}-(start|stop)$/);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(52);
  });

  test('GIVEN no reservation THEN nothing is made', () => {
    expect(reservations(eksInput()).objects).toEqual([]);
  });
});

describe('PRI-3: schedules', () => {
  test.each([
    ['00:00', ['sun'], '0 0 * * 0'],
    ['23:59', ['sat', 'fri', 'fri'], '59 23 * * 5,6'],
    ['08:05', ['mon', 'tue', 'wed', 'thu', 'fri'], '5 8 * * 1,2,3,4,5'],
  ] as const)('GIVEN %s on %s THEN cron says %s', (time, days, schedule) => {
    expect(weeklySchedule(time, [...days])).toBe(schedule);
  });
});
