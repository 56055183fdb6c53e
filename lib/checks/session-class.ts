import type { Rule } from './rule.ts';

export const sessionClass: Rule = {
  id: 'PRI003',
  title: 'Sessions use a priority class that their namespace may use',
  severity: 'error',
  protectsFrom: 'sessions that admission refuses, every one of them',
  check: ({ platform }) => {
    const steps = new Map(platform.environment.priorities.map((step) => [step.name, step]));
    const allowed = [...steps.values()].filter(({ tiers }) => tiers.includes('session')).map(({ name }) => name);
    return platform.profiles.flatMap(({ at, spec, priorityClass }) => {
      const step = steps.get(priorityClass);
      if (!step || step.tiers.includes('session')) return [];
      const how = spec.priorityClass === undefined ? 'the default class' : 'the class';
      return [
        {
          at: spec.priorityClass === undefined ? at : [...at, 'priorityClass'],
          message: `${how} "${step.name}" is not for pods of the tier "session".`,
          hint: `Use one of ${allowed.map((name) => `"${name}"`).join(', ')}, or add the tier to the step.`,
        },
      ];
    });
  },
};
