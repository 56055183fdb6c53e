import type { EnvironmentInput } from '../../lib/model/environment.ts';
import type { Draft } from '../fixtures/mutate.ts';

/** One line of an environment changed, and the kinds of consequences that must follow, and no others. */
export interface CorpusCase {
  /** Also the name of the golden report. */
  readonly name: string;
  readonly base?: EnvironmentInput;
  readonly change: (draft: Draft<EnvironmentInput>) => void;
  /** `risk rule`, each once, in the order of the report. */
  readonly foresees: readonly string[];
}
