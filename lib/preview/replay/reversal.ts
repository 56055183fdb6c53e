import type { Refusal } from '../../admission/verdict.ts';
import type { Manifest } from '../../bundle/bundle.ts';
import type { Path } from '../../core/path.ts';
import type { Subject } from '../subject.ts';

/** A request that gets another answer than before. */
export interface Reversal {
  readonly about: string;
  /** What is made now, and what was made in its place before. */
  readonly object: Manifest;
  readonly before?: Manifest;
  /** What the answer is now. */
  readonly kind: 'refused' | 'allowed';
  /** `made`: the environment makes it, and did before. `new`: it makes it now. `example`: people may. */
  readonly of: 'made' | 'new' | 'example';
  /** Who refuses, or who refused. */
  readonly by: readonly Refusal[];
  /** Where people may make it; empty of what the environment makes. */
  readonly namespaces: readonly string[];
  readonly causes: readonly Subject[];
  readonly at?: Path;
}
