import type { Bundle } from '../bundle/bundle.ts';
import { resolveProblem } from '../core/path.ts';
import { type Problem, sortProblems } from '../core/problem.ts';
import { RULES } from './registry.ts';
import type { Finding, Rule } from './rule.ts';
import { applySilences, type SilencedProblem } from './silence.ts';

/** What all rules found. */
export interface CheckResult {
  readonly findings: readonly Problem[];
  /** What the environment accepts, with its reasons. It stops nothing. */
  readonly silenced: readonly SilencedProblem[];
}

function toProblem({ id, severity }: Rule, { at, subject, message, hint }: Finding, input: unknown): Problem {
  const code = id;
  if ('construct' in at) {
    const { path, source } = at;
    const told = subject === undefined ? message : `${subject} ${message}`;
    return {
      code,
      severity,
      path,
      ...(source ? { source } : {}),
      ...(subject === undefined ? {} : { object: subject }),
      message: told,
      hint,
    };
  }
  return resolveProblem({ code, severity, at, message, hint }, input);
}

/** Holds every rule against the Bundle. `input` is the environment as written, for file and line. */
export function runChecks(bundle: Bundle, input: unknown, rules: readonly Rule[] = RULES): CheckResult {
  const found = rules.flatMap((rule) => rule.check(bundle).map((finding) => toProblem(rule, finding, input)));
  const { findings, silenced } = applySilences(
    bundle,
    sortProblems(found),
    rules.map(({ id }) => id),
    input,
  );
  return { findings: sortProblems(findings), silenced };
}
