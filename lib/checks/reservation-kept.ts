import type { Finding, Rule } from './rule.ts';

export const reservationKept: Rule = {
  id: 'PRI004',
  title: 'A course can displace the placeholders that hold its GPUs, and its pool has that many',
  severity: 'error',
  protectsFrom: 'a reservation that locks out the course it was made for, or that can never be filled',
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
    const placeholder = priorities.find(({ tiers }) => tiers.includes('reservation'));
    return reservations.flatMap((reservation, index): readonly Finding[] => {
      const at = ['reservations', index];
      const profile = platform.profiles.find(({ name }) => name === reservation.course);
      const pool = platform.pools.find(({ name }) => name === profile?.pool);
      if (!profile?.gpu || !pool) return [];
      const findings: Finding[] = [];
      const step = priorities.find(({ name }) => name === profile.priorityClass);
      if (!step?.preempts || step.value <= (placeholder?.value ?? 0)) {
        findings.push({
          at: [...at, 'course'],
          message: `class "${profile.priorityClass}" of profile "${profile.name}" displaces no placeholder.`,
          hint: 'Give the profile a class that preempts, above that of placeholders.',
        });
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
