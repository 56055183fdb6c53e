import { displaces } from '../scheduling/displacement.ts';
import type { Rule } from './rule.ts';

export const preemptionOfSessions: Rule = {
  id: 'PRI002',
  title: 'No session displaces the session of somebody else',
  severity: 'error',
  protectsFrom: 'a course that starts and ends the running work of others',
  because:
    'A pod whose class preempts makes the scheduler delete pods of lower priority on a node where that gives it room. Annotations of autoscalers do not protect from it.',
  source: 'Kubernetes documentation, "Pod Priority and Preemption"',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: course, title: Course, pool: gpu, cpu: { request: 3 }, memory: { request: 12G }, gpu: { count: 1 }, images: [cuda], offeredTo: { groups: [gpu-users] }, idleTimeout: 1h, maxLifetime: 12h, priorityClass: atelier-course }`,
    mended: `sessionProfiles:
  - { name: course, title: Course, pool: gpu, cpu: { request: 3 }, memory: { request: 12G }, gpu: { count: 1 }, images: [cuda], offeredTo: { groups: [gpu-users] }, idleTimeout: 1h, maxLifetime: 12h, priorityClass: atelier-default }`,
  },
  check: ({ platform }) => {
    const steps = new Map(platform.environment.priorities.map((step) => [step.name, step]));
    return platform.profiles.flatMap((profile) => {
      const step = steps.get(profile.priorityClass);
      if (step === undefined) return [];
      // The scheduler looks for victims on every node the pod could run on, which is its pool.
      const victims = platform.profiles.filter(
        (other) => other.pool === profile.pool && displaces(step, steps.get(other.priorityClass) ?? { value: 0 }),
      );
      if (victims.length === 0) return [];
      const names = victims.map(({ name }) => `"${name}"`).join(', ');
      const message = `its class "${step.name}" displaces lower ones, and ${names} runs on the same pool "${profile.pool}".`;
      const reserved = platform.environment.reservations.some(({ course }) => course === profile.name);
      // A class that does not preempt would find the GPUs taken that are reserved for it (PRI004).
      const otherwise = reserved ? '' : ', or a class that does not preempt';
      return [{ at: profile.at, message, hint: `Give it a pool of its own${otherwise}.` }];
    });
  },
};
