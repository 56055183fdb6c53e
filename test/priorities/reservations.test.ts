import { describe, expect, test } from 'vitest';
import { Reservations } from '../../lib/priorities/reservations.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

const reservation = {
  name: 'lecture',
  course: 'gpu',
  gpus: 3,
  days: ['wed', 'mon'] as ('wed' | 'mon')[],
  from: '09:30',
  to: '12:00',
};
const build = (input: ReturnType<typeof eksInput>) =>
  synthesize((scope) => new Reservations(scope, 'reservations', { platform: platformOf(input) }));

describe('PRI-3: GPUs are held for a course at given times', () => {
  const collected = build(eksInput({ reservations: [{ ...reservation, timeZone: 'Europe/Berlin' }] }));
  const spec = manifestsOf(collected, 'CronJob').lecture?.spec as unknown as Record<string, never>;
  const job = (spec as unknown as { jobTemplate: { spec: Record<string, unknown> } }).jobTemplate.spec;
  const pod = (job.template as { spec: Record<string, unknown> }).spec;

  test('GIVEN days and times WHEN the reservation begins THEN it begins on these days, in local time, once', () => {
    expect(spec).toMatchObject({ schedule: '30 9 * * 1,3', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid' });
  });

  test('GIVEN an end THEN the Job ends itself by its deadline', () => {
    expect(job.activeDeadlineSeconds).toBe(2.5 * 3600);
  });

  test('GIVEN a placeholder that was displaced THEN no other takes its place, so that no more is held than reserved', () => {
    expect(job).toMatchObject({
      completionMode: 'Indexed',
      completions: 3,
      parallelism: 3,
      backoffLimitPerIndex: 0,
      maxFailedIndexes: 3,
    });
    expect(pod.restartPolicy).toBe('Never');
  });

  test('GIVEN the profile of the course THEN a placeholder is as large as one session, and stands where it would', () => {
    expect(pod).toMatchObject({
      nodeSelector: { 'atelier.dev/node-pool': 'gpu' },
      priorityClassName: 'atelier-placeholder',
      terminationGracePeriodSeconds: 0,
      tolerations: [
        { key: 'atelier.dev/dedicated', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
        { key: 'nvidia.com/gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' },
      ],
      containers: [{ resources: { limits: { 'nvidia.com/gpu': '1' }, requests: { cpu: '3', memory: '12000M' } } }],
    });
  });

  test('GIVEN an autoscaler THEN it leaves the nodes of placeholders alone; GIVEN static nodes THEN there is nothing to say', () => {
    const annotations = (each: ReturnType<typeof build>) => JSON.stringify(manifestsOf(each, 'CronJob').lecture);
    const keys = ['karpenter.sh/do-not-disrupt', 'cluster-autoscaler.kubernetes.io/safe-to-evict'];
    const fixed = build(onPremisesInput({ reservations: [{ ...reservation, course: 't4' }], tenants: [] }));
    for (const key of keys) {
      expect(annotations(collected)).toContain(key);
      expect(annotations(fixed)).not.toContain(key);
    }
  });

  test('GIVEN the namespace THEN it can hold what is reserved, of no other device, and nobody talks there', () => {
    const quota = manifestsOf(collected, 'ResourceQuota').reserved?.spec;
    expect(quota).toEqual({ hard: { pods: '3', 'requests.nvidia.com/gpu': '3' } });
    expect(Object.keys(manifestsOf(collected, 'NetworkPolicy'))).toEqual(['default-deny']);
    const mig = build(onPremisesInput({ reservations: [{ ...reservation, course: 'gpu' }], tenants: [] }));
    expect(manifestsOf(mig, 'ResourceQuota').reserved?.spec).toMatchObject({
      hard: {
        'requests.nvidia.com/mig-1g.5gb': '3',
        'requests.nvidia.com/mig-2g.10gb': '0',
        'requests.nvidia.com/gpu.shared': '0',
      },
    });
  });

  test('GIVEN names of our own objects, and long ones THEN every reservation is made', () => {
    const names = ['quota', 'default-deny', 'reservations', 'a'.repeat(63)];
    const made = build(eksInput({ reservations: names.map((name) => ({ ...reservation, name })) }));
    const cronJobs = Object.keys(manifestsOf(made, 'CronJob'));
    expect(cronJobs).toHaveLength(4);
    for (const name of cronJobs) expect(name.length).toBeLessThanOrEqual(52);
  });
});
