import { displacesPlaceholders } from '../model/priority-ladder.ts';
import { warmCapacities } from '../model/warm-capacity.ts';
import type { Rule } from './rule.ts';

export const warmCapacityDisplaced: Rule = {
  id: 'PRI005',
  title: 'Sessions can displace the placeholders of their warm capacity',
  severity: 'error',
  protectsFrom: 'nodes that are paid for and kept ready, and that no session may use',
  because:
    'The scheduler deletes a placeholder for a session only if the class of the session is higher and may preempt. Otherwise the session waits beside a node that is kept for it.',
  source: 'Kubernetes documentation, "Pod Priority and Preemption"',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - name: gpu
    priorityClass: atelier-default
    warmCapacity: { sessions: 2, schedule: { days: [mon], from: "08:00", to: "18:00" } }`,
    mended: `sessionProfiles:
  - name: gpu
    priorityClass: atelier-warm
    warmCapacity: { sessions: 2, schedule: { days: [mon], from: "08:00", to: "18:00" } }`,
  },
  check: ({ platform }) => {
    const { priorities } = platform.environment;
    const able = priorities.filter(
      ({ name, tiers }) => tiers.includes('session') && displacesPlaceholders(priorities, name),
    );
    // The lowest displaces the least.
    const [step] = able;
    return warmCapacities(platform).flatMap(({ profile }) => {
      if (displacesPlaceholders(priorities, profile.priorityClass)) return [];
      const hint = step
        ? `Set priorityClass: "${step.name}".`
        : 'Add a step above that of placeholders that preempts, for the tier "session".';
      const message = `class "${profile.priorityClass}" of profile "${profile.name}" displaces no placeholder.`;
      return [{ at: [...profile.at, 'warmCapacity'], message, hint }];
    });
  },
};
