import type { Bundle } from '../bundle/bundle.ts';
import type { Path } from '../core/path.ts';
import type { Severity } from '../core/problem.ts';

/** What a rule found, at one place of the environment. */
export interface Finding {
  readonly at: Path;
  /** Subject, value and rule; the path is added by the runner. */
  readonly message: string;
  readonly hint: string;
}

/** One thing that must hold between the parts of a platform. */
export interface Rule {
  /** Stable identifier; never given to another rule. */
  readonly id: string;
  /** What must hold, as a short sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** What would happen on the cluster otherwise. */
  readonly protectsFrom: string;
  readonly check: (bundle: Bundle) => readonly Finding[];
}
