import type { Problem } from '../../core/problem.ts';
import { RULE_TEXTS } from '../registry.ts';
import type { ReportedEnvironment } from './reported-environment.ts';

/** Text of a workflow command (actions/toolkit, packages/core/src/command.ts escapeData). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Value of a property of a workflow command (escapeProperty). */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function command(kind: 'error' | 'warning' | 'notice', problem: Problem, message: string): string {
  const { code, source } = problem;
  const title = RULE_TEXTS.find(({ id }) => id === code)?.title;
  const properties = {
    ...(source ? { file: source.file, line: String(source.line), col: String(source.column) } : {}),
    title: title === undefined ? code : `${code} ${title}`,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${kind} ${list.join(',')}::${escapeData(message)}`;
}

/** Everything that was found as workflow commands of GitHub Actions, one a line. What is silenced is a notice. */
export function githubCommands(environments: readonly ReportedEnvironment[]): readonly string[] {
  return environments.flatMap(({ environment, problems, silenced }) => {
    const about = ({ path, message, hint }: Problem): string =>
      `${environment}: ${path}: ${message}${hint ? ` ${hint}` : ''}`;
    return [
      ...problems.map((problem) => command(problem.severity, problem, about(problem))),
      ...silenced.map((problem) => command('notice', problem, `${about(problem)} Accepted: ${problem.reason}`)),
    ];
  });
}
