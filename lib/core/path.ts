import type { Problem, Severity } from './problem.ts';
import { locate } from './source.ts';

/** Keys and indexes from the root of an environment to a value: `['nodePools', 2, 'taints', 0, 'effect']`. */
export type Path = readonly PropertyKey[];

function childOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

function nameOf(value: unknown): string | undefined {
  const name = childOf(value, 'name');
  return typeof name === 'string' && /^[\w.-]+$/.test(name) ? name : undefined;
}

const NAME_COUNTS = new WeakMap<readonly unknown[], ReadonlyMap<string, number>>();

/** How often each name stands in the list; counted once per list, because long lists are asked for every item. */
function nameCounts(list: readonly unknown[]): ReadonlyMap<string, number> {
  const known = NAME_COUNTS.get(list);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const item of list) {
    const name = nameOf(item);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  NAME_COUNTS.set(list, counts);
  return counts;
}

/**
 * The path as people read it: items of lists by their name where they have one that no sibling has
 * (`nodePools.gpu.taints[0].effect`), by index elsewhere.
 */
export function displayPath(root: unknown, path: Path): string {
  let text = '';
  let value: unknown = root;
  for (const key of path) {
    const child = childOf(value, key);
    if (Array.isArray(value)) {
      const name = nameOf(child);
      const unique = name !== undefined && nameCounts(value).get(name) === 1;
      text += unique ? `.${name}` : `[${String(key)}]`;
    } else {
      const plain = typeof key === 'string' && /^[\w-]+$/.test(key);
      text += plain ? `${text === '' ? '' : '.'}${key}` : `[${JSON.stringify(String(key))}]`;
    }
    value = child;
  }
  return text === '' ? '(environment)' : text;
}

/** A problem whose place is still a path of keys. */
export interface PlacedProblem {
  readonly code: string;
  readonly severity?: Severity;
  readonly at: Path;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Gives a problem its readable path and, where the loader knows it, file and line. */
export function resolveProblem(problem: PlacedProblem, root: unknown): Problem {
  const source = locate(root, problem.at);
  return {
    code: problem.code,
    severity: problem.severity ?? 'error',
    path: displayPath(root, problem.at),
    ...(source ? { source } : {}),
    message: problem.message,
    ...(problem.hint ? { hint: problem.hint } : {}),
  };
}
