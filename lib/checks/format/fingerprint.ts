import { createHash } from 'node:crypto';
import type { Problem } from '../../core/problem.ts';

/**
 * Stays the same while lines move and numbers in the message change: environment, code, place and object, and a count
 * where these are not enough.
 */
export function fingerprints(): (environment: string, problem: Problem) => string {
  const seen = new Map<string, number>();
  return (environment, { code, path, object = '' }) => {
    const identity = JSON.stringify([environment, code, path, object]);
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return createHash('sha256').update(`${identity} ${count}`).digest('hex');
  };
}
