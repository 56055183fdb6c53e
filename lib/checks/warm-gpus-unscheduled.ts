import { warmCapacities, warmNodes } from '../model/warm-capacity.ts';
import type { Rule } from './rule.ts';

/** Hours of a week without warm capacity where it is there from eight to six, Monday to Friday. */
const HOURS_OUTSIDE_WORK = 168 - 5 * 10;

export const warmGpusUnscheduled: Rule = {
  id: 'NODE009',
  title: 'GPUs are kept warm on a schedule',
  severity: 'warning',
  protectsFrom: 'GPU nodes that idle through nights and weekends: placeholders never let their pool reach zero',
  because: 'A placeholder is a pod like any other: no autoscaler removes the node under it as long as it is asked for.',
  source: 'Kubernetes documentation, "Overprovision Node Capacity For A Cluster"; SPEC NODE-9 of Atelier',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - name: gpu
    priorityClass: atelier-warm
    warmCapacity: { sessions: 2 }`,
    mended: `sessionProfiles:
  - name: gpu
    priorityClass: atelier-warm
    warmCapacity: { sessions: 2, schedule: { days: [mon], from: "08:00", to: "18:00" } }`,
  },
  check: ({ platform }) =>
    warmCapacities(platform).flatMap((warm) => {
      if (!warm.profile.gpu || warm.schedule) return [];
      const nodes = warmNodes(warm);
      const what = nodes ? `${nodes.count} x ${nodes.type}` : `nodes of pool "${warm.pool.name}"`;
      const price =
        nodes?.usdPerHour === undefined
          ? ''
          : `, about ${(nodes.usdPerHour * HOURS_OUTSIDE_WORK).toFixed(0)} USD a week (on demand, us-east-1) outside office hours alone`;
      return [
        {
          at: [...warm.profile.at, 'warmCapacity'],
          message: `${what} stay up day and night${price}.`,
          hint: 'State a schedule.',
        },
      ];
    }),
};
