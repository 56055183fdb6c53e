import { Construct } from 'constructs';
import type { Path } from '../core/path.ts';

const ORIGINS = new WeakMap<Construct, Path>();

/** Says which part of the environment everything below `construct` comes from: `['nodePools', 2]`. */
export function declareOrigin(construct: Construct, at: Path): void {
  ORIGINS.set(construct, at);
}

/** The nearest declared origin at or above the construct; the whole environment where none was declared. */
export function originOf(construct: Construct): Path {
  let current: Construct | undefined = construct;
  while (current) {
    const at = ORIGINS.get(current);
    if (at) return at;
    current = current.node.scope instanceof Construct ? current.node.scope : undefined;
  }
  return [];
}
