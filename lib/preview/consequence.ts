import type { BundleContents } from '../bundle/contents.ts';
import type { Path } from '../core/path.ts';
import type { Change } from './change.ts';
import type { Risk } from './risk.ts';
import type { Subject } from './subject.ts';

/** Two versions of an environment and what differs between them. */
export interface Comparison {
  readonly before: BundleContents;
  readonly after: BundleContents;
  readonly changes: readonly Change[];
}

/** What will happen because of a change. */
export interface Consequence {
  /** The rule that says so: `node-drift`. */
  readonly rule: string;
  readonly risk: Risk;
  /** What it happens to, as people name it: `pool gpu-l4`. */
  readonly about: string;
  /** What will happen and why, in one or two sentences that need no other. */
  readonly message: string;
  /** The changes that cause it; none where only the facts of the platform show it. */
  readonly causes: readonly Subject[];
  /** The part of the environment as it is now that brings it about, where that is plainer than the causes. */
  readonly at?: Path;
}

/** One kind of consequence. Pure: sees both versions, says what follows. */
export interface ConsequenceRule {
  /** Stable; never given to another rule. */
  readonly id: string;
  /** What it tells, as a short sentence. */
  readonly title: string;
  /** Where the behaviour is decided: project, version and place. */
  readonly upstream: string;
  readonly foresee: (comparison: Comparison) => readonly Omit<Consequence, 'rule'>[];
}
