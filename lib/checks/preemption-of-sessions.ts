import { displaces } from '../scheduling/displacement.ts';
import type { Rule } from './rule.ts';

export const preemptionOfSessions: Rule = {
  id: 'PRI002',
  title: 'No session displaces the session of somebody else',
  severity: 'error',
  protectsFrom: 'a course that starts and ends the running work of others',
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
      return [
        { at: profile.at, message, hint: 'Give the course a pool of its own, or a class that does not preempt.' },
      ];
    });
  },
};
