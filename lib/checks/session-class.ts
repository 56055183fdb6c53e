import type { Rule } from './rule.ts';

export const sessionClass: Rule = {
  id: 'PRI003',
  title: 'Sessions use a priority class that their namespace may use',
  severity: 'error',
  protectsFrom: 'sessions that admission refuses, every one of them',
  because:
    'The policy allowed-priorities refuses pods of a class that is not for the tier of their namespace, sessions included.',
  source: 'lib/policies/allowed-priorities.ts; SPEC POL-1 of Atelier',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: gpu, priorityClass: atelier-infrastructure }`,
    mended: `sessionProfiles:
  - { name: gpu, priorityClass: atelier-default }`,
  },
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
