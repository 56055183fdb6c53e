import type { Rule } from './rule.ts';

/** A session that computes is not idle to RStudio, so an endless loop outlives every idle timeout. */
export const gpuLifetime: Rule = {
  id: 'WB005',
  title: 'Sessions with a GPU have a longest life',
  severity: 'warning',
  protectsFrom: 'a GPU that a forgotten loop keeps for weeks: no editor calls that idle',
  check: ({ platform }) =>
    platform.profiles.flatMap(({ at, gpu, spec }) =>
      gpu && spec.maxLifetime === undefined
        ? [{ at, message: 'has a GPU and no maxLifetime.', hint: 'Set maxLifetime, for example "24h".' }]
        : [],
    ),
};
