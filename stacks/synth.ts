import type { Bundle } from '../lib/bundle/bundle.ts';
import { runChecks } from '../lib/checks/run.ts';
import type { SilencedProblem } from '../lib/checks/silence.ts';
import { hasErrors, type Problem } from '../lib/core/problem.ts';
import { consistencyProblems } from '../lib/model/consistency/index.ts';
import { parseEnvironment } from '../lib/model/parse.ts';
import { derivePlatform } from '../lib/model/platform.ts';
import { synthesizePlatform } from './platform.ts';

/**
 * What an environment comes to. `invalid`: it could not be understood. `refused`: its parts do not fit; the Bundle shows
 * what it would have been. `accepted`: at most warnings.
 */
export type Synthesis =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'refused' | 'accepted';
      readonly bundle: Bundle;
      readonly findings: readonly Problem[];
      /** Findings that the environment accepts, with its reasons. */
      readonly silenced: readonly SilencedProblem[];
    };

/** From what a person wrote to a Bundle, or to everything that is wrong with it. Pure: no clock, no file, no network. */
export function synthesize(input: unknown): Synthesis {
  const parsed = parseEnvironment(input);
  if (!parsed.ok) return { kind: 'invalid', problems: parsed.problems };
  const problems = consistencyProblems(parsed.environment, input);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const bundle = synthesizePlatform(derivePlatform(parsed.environment), input);
  const { findings, silenced } = runChecks(bundle, input);
  return { kind: hasErrors(findings) ? 'refused' : 'accepted', bundle, findings, silenced };
}
