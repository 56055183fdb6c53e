import type { SourceLocation } from './source.ts';

/** `error` stops synth; `warning` is reported and counted, nothing more. */
export type Severity = 'error' | 'warning';

/** One thing that is wrong with an environment: where, what, why, and what to do about it. */
export interface Problem {
  /** Stable identifier such as `NODE001`; never reused for another rule. */
  readonly code: string;
  readonly severity: Severity;
  /** Place inside the environment; items of named lists by name: `nodePools.gpu.taints[0].effect`. */
  readonly path: string;
  /** File, line and column, where the loader knows them. */
  readonly source?: SourceLocation;
  /** The object of the Bundle it is about, where the place alone does not say: `Service "hnc-system/webhook"`. */
  readonly object?: string;
  /** Subject, value and rule in one or two sentences, without the path. */
  readonly message: string;
  /** The remedy, as a sentence: `Did you mean "NoSchedule"?`. */
  readonly hint?: string;
}

/** `stacks/environments/prod.ts:12:5 nodePools.gpu: ... Remedy. (NODE001)` */
export function formatProblem(problem: Problem): string {
  const place = problem.source
    ? `${problem.source.file}:${problem.source.line}:${problem.source.column} ${problem.path}`
    : problem.path;
  const remedy = problem.hint ? ` ${problem.hint}` : '';
  return `${place}: ${problem.message}${remedy} (${problem.code})`;
}

/** Errors first, then by path, place in the file and code, so that two runs report in the same order. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const place = ({ source }: Problem): string =>
    source ? `${source.file} ${String(source.line).padStart(8)} ${String(source.column).padStart(6)}` : '';
  const rank = (problem: Problem): string =>
    `${problem.severity === 'error' ? 0 : 1} ${problem.path} ${place(problem)} ${problem.code} ${problem.message}`;
  return problems
    .map((problem) => ({ problem, rank: rank(problem) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ problem }) => problem);
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** Thrown where an environment cannot be used at all; carries every problem found, not only the first. */
export class InvalidEnvironmentError extends Error {
  override readonly name = 'InvalidEnvironmentError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = sortProblems(problems);
    super(sorted.map(formatProblem).join('\n'));
    this.problems = sorted;
  }
}
