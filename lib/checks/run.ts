import type { Bundle } from '../bundle/bundle.ts';
import { resolveProblem } from '../core/path.ts';
import { type Problem, sortProblems } from '../core/problem.ts';
import { RULES } from './registry.ts';

/** Holds every rule against the Bundle. `input` is the environment as written, for file and line. */
export function runChecks(bundle: Bundle, input: unknown): readonly Problem[] {
  const problems = RULES.flatMap((rule) =>
    rule.check(bundle).map((finding) => resolveProblem({ code: rule.id, severity: rule.severity, ...finding }, input)),
  );
  return sortProblems(problems);
}
