import { createHash } from 'node:crypto';
import { MAX_LABEL_LENGTH } from './names.ts';

/** `<name>-<suffix>`, within `max` characters: a longer name is cut and told apart from its likes by a hash of itself. */
export function shortName(name: string, suffix: string, max = MAX_LABEL_LENGTH): string {
  const full = `${name}-${suffix}`;
  if (full.length <= max) return full;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6);
  const kept = name.slice(0, max - suffix.length - hash.length - 2).replace(/-+$/, '');
  return `${kept}-${hash}-${suffix}`;
}
