import { formatGoDuration } from '../core/duration.ts';
import type { Rule } from './rule.ts';

export const idleOverLifetime: Rule = {
  id: 'WB010',
  title: 'A session may idle for less time than it may live',
  severity: 'warning',
  protectsFrom: 'an idle timeout that never comes: the session is cut off at work by its lifetime instead',
  because:
    'The lifetime is the deadline of the Job, which Kubernetes ends without asking whether anybody works. A longer idle timeout is never reached.',
  source: 'Kubernetes documentation, "Jobs: Job termination and cleanup" (activeDeadlineSeconds)',
  example: {
    of: 'environment',
    breaks: 'sessionProfiles:\n  - { name: gpu, idleTimeout: 1h, maxLifetime: 30m }',
    mended: 'sessionProfiles:\n  - { name: gpu, idleTimeout: 1h, maxLifetime: 12h }',
  },
  check: ({ platform }) =>
    platform.profiles.flatMap(({ at, spec: { idleTimeout, maxLifetime } }) => {
      if (idleTimeout === undefined || maxLifetime === undefined || idleTimeout < maxLifetime) return [];
      const message = `may idle ${formatGoDuration(idleTimeout)} and live ${formatGoDuration(maxLifetime)}.`;
      return [{ at: [...at, 'idleTimeout'], message, hint: 'Shorten idleTimeout or lengthen maxLifetime.' }];
    }),
};
