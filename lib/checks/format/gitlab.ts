import type { Problem } from '../../core/problem.ts';
import { fingerprints } from './fingerprint.ts';
import type { ReportedEnvironment } from './reported-environment.ts';

/** One finding of a GitLab code quality report; GitLab reads no other fields. */
export interface CodeQualityFinding {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const SEVERITIES = { error: 'major', warning: 'minor' } as const satisfies Record<Problem['severity'], string>;

/** Everything that was found as a GitLab code quality report. What is silenced is an information with its reason. */
export function codeQualityReport(environments: readonly ReportedEnvironment[]): readonly CodeQualityFinding[] {
  const fingerprint = fingerprints();
  return environments.flatMap(({ environment, problems, silenced }) => {
    const finding = (problem: Problem, severity: CodeQualityFinding['severity'], reason = ''): CodeQualityFinding => {
      const { code, path, message, hint, source } = problem;
      return {
        description: `${environment}: ${path}: ${message}${hint ? ` ${hint}` : ''}${reason}`,
        check_name: code,
        fingerprint: fingerprint(environment, problem),
        severity,
        // A finding without a place is one of the environment as a whole; GitLab takes none without a file.
        location: { path: source?.file ?? environment, lines: { begin: source?.line ?? 1 } },
      };
    };
    return [
      ...problems.map((problem) => finding(problem, SEVERITIES[problem.severity])),
      ...silenced.map((problem) => finding(problem, 'info', ` Accepted: ${problem.reason}`)),
    ];
  });
}
