import type { SilencedProblem } from '../checks/silence.ts';
import { formatProblem, type Problem } from '../core/problem.ts';
import { count } from '../core/words.ts';
import { messageColors, printMessage } from './terminal.ts';

/** `2 errors, 1 warning`. */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  return [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : '']
    .filter(Boolean)
    .join(', ');
}

/** Prints problems to stderr, one a line, errors first. */
export function printProblems(problems: readonly Problem[]): void {
  for (const problem of problems) {
    const mark = problem.severity === 'error' ? messageColors.red('error') : messageColors.yellow('warning');
    printMessage(`${mark} ${formatProblem(problem)}`);
  }
}

/** Prints what an environment accepts to stderr, with its reasons. */
export function printSilenced(silenced: readonly SilencedProblem[]): void {
  for (const problem of silenced) {
    printMessage(`${messageColors.dim('accepted')} ${formatProblem(problem)} Because: ${problem.reason}`);
  }
}
