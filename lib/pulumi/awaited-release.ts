import type { BundleRelease } from '../bundle/bundle.ts';
import type { Phase } from '../bundle/phase.ts';
import type { Json } from '../core/json.ts';
import type { RequiredSecret } from '../model/required-secrets.ts';

/** Phases whose releases nothing later asks anything of. */
const LAST_PHASES: ReadonlySet<Phase> = new Set(['60-workloads', '70-monitoring', '80-warm-capacity']);

function names(value: Json | undefined, text: string): boolean {
  if (typeof value === 'string') return value === text;
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((child: Json | undefined) => names(child, text))
  );
}

/**
 * Whether `up` waits until the pods of a release are ready: later phases need controllers that answer. Of the last phases
 * monitoring tells; an `up` that waited for a GPU node or a licence would not even install what tells. Nor may it wait for
 * a Secret that a person makes: in a new cluster nobody can, before `up` has made its namespace.
 */
export function isAwaited({ phase, namespace, values }: BundleRelease, secrets: readonly RequiredSecret[]): boolean {
  if (LAST_PHASES.has(phase)) return false;
  return !secrets.some(({ name, namespaces }) => namespaces.includes(namespace) && names(values, name));
}
