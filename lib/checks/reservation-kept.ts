import { displacesPlaceholders } from '../model/priority-ladder.ts';
import type { Finding, Rule } from './rule.ts';

export const reservationKept: Rule = {
  id: 'PRI004',
  title: 'A course, and nobody else, can displace the placeholders that hold its GPUs, and its pool has that many',
  severity: 'error',
  protectsFrom: 'a reservation that locks out the course it was made for, is taken by others, or can never be filled',
  because:
    'Placeholders are pods of the lowest class that fill the nodes. A session displaces them only if its class is higher and may preempt.',
  source: 'Kubernetes documentation, "Pod Priority and Preemption"; cluster-autoscaler FAQ "overprovisioning"',
  example: {
    of: 'environment',
    breaks: `reservations:
  - { name: ml-course, course: gpu, gpus: 2, days: [mon], from: "09:00", to: "10:00" }`,
    mended: `sessionProfiles:
  - { name: gpu, priorityClass: atelier-course }
reservations:
  - { name: ml-course, course: gpu, gpus: 2, days: [mon], from: "09:00", to: "10:00" }`,
  },
  check: ({ platform }) => {
    const { reservations, priorities } = platform.environment;
    return reservations.flatMap((reservation, index): readonly Finding[] => {
      const at = ['reservations', index];
      const profile = platform.profiles.find(({ name }) => name === reservation.course);
      const pool = platform.pools.find(({ name }) => name === profile?.pool);
      if (!profile?.gpu || !pool) return [];
      const findings: Finding[] = [];
      if (!displacesPlaceholders(priorities, profile.priorityClass)) {
        findings.push({
          at: [...at, 'course'],
          message: `class "${profile.priorityClass}" of profile "${profile.name}" displaces no placeholder.`,
          hint: 'Give the profile a class that preempts, above that of placeholders.',
        });
      }
      const others = platform.profiles.filter(
        (other) =>
          other.name !== profile.name &&
          other.pool === profile.pool &&
          displacesPlaceholders(priorities, other.priorityClass),
      );
      for (const other of others) {
        const message = `its placeholders give way to profile "${other.name}" of class "${other.priorityClass}" too.`;
        findings.push({ at, message, hint: 'Give that profile another pool, or a class that does not preempt.' });
      }
      const { resource } = profile.gpu;
      const most = Math.max(0, ...pool.nodes.map(({ devices }) => devices[resource] ?? 0)) * pool.max;
      if (reservation.gpus > most) {
        const message = `${reservation.gpus} x ${resource} is more than the ${most} that pool "${pool.name}" can have.`;
        findings.push({ at: [...at, 'gpus'], message, hint: 'Lower the number, or let the pool grow.' });
      }
      return findings;
    });
  },
};
