import type { Rule } from './rule.ts';

/** A session that computes is not idle to RStudio, so an endless loop outlives every idle timeout. */
export const gpuLifetime: Rule = {
  id: 'WB005',
  title: 'Sessions with a GPU have a longest life',
  severity: 'warning',
  protectsFrom: 'a GPU that a forgotten loop keeps for weeks: no editor calls that idle',
  because:
    'Editors count a session as idle when it does nothing. One that computes is busy, also in a loop that nobody waits for any more; only the deadline of its Job ends it.',
  source:
    'Posit Workbench administration guide, "Session Timeouts"; Kubernetes documentation, "Jobs" (activeDeadlineSeconds)',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: gpu, maxLifetime: null }`,
    mended: `sessionProfiles:
  - { name: gpu, maxLifetime: 12h }`,
  },
  check: ({ platform }) =>
    platform.profiles.flatMap(({ at, gpu, spec }) =>
      gpu && spec.maxLifetime === undefined
        ? [{ at, message: 'has a GPU and no maxLifetime.', hint: 'Set maxLifetime, for example "24h".' }]
        : [],
    ),
};
