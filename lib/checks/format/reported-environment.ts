import type { Problem } from '../../core/problem.ts';
import type { SilencedProblem } from '../silence.ts';

/** What is to be reported about one environment. */
export interface ReportedEnvironment {
  /** As the person named it. */
  readonly environment: string;
  readonly problems: readonly Problem[];
  /** What the environment accepts, with its reasons. */
  readonly silenced: readonly SilencedProblem[];
}
