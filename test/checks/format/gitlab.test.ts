import { describe, expect, test } from 'vitest';
import { codeQualityReport } from '../../../lib/checks/format/gitlab.ts';
import type { Problem } from '../../../lib/core/problem.ts';

const problem: Problem = {
  code: 'TEN003',
  severity: 'error',
  path: 'tenants.greedy.quota',
  source: { file: 'stacks/environments/prod.ts', line: 3, column: 7 },
  message: 'Too much.',
  hint: 'Ask for less.',
};

describe('findings as code quality of GitLab (PROVE-1)', () => {
  test('GIVEN findings THEN each says code, place and remedy, and how grave it is', () => {
    const warning: Problem = { code: 'VER001', severity: 'warning', path: 'kubernetesVersion', message: 'Old.' };
    const silenced = [{ ...problem, reason: 'Agreed.' }];
    const report = codeQualityReport([{ environment: 'prod', problems: [problem, warning], silenced }]);
    expect(report.map(({ fingerprint: _, ...finding }) => finding)).toEqual([
      {
        description: 'prod: tenants.greedy.quota: Too much. Ask for less.',
        check_name: 'TEN003',
        severity: 'major',
        location: { path: 'stacks/environments/prod.ts', lines: { begin: 3 } },
      },
      {
        description: 'prod: kubernetesVersion: Old.',
        check_name: 'VER001',
        severity: 'minor',
        location: { path: 'prod', lines: { begin: 1 } },
      },
      expect.objectContaining({ severity: 'info', description: expect.stringContaining('Accepted: Agreed.') }),
    ]);
  });

  test('GIVEN the same findings with lines that moved THEN fingerprints stay, and no two are the same', () => {
    const prints = (problems: readonly Problem[]): readonly string[] =>
      codeQualityReport([{ environment: 'prod', problems, silenced: [] }]).map(({ fingerprint }) => fingerprint);
    const moved: Problem = { ...problem, source: { file: 'stacks/environments/prod.ts', line: 90, column: 1 } };
    expect(prints([problem, problem])).toEqual(prints([moved, moved]));
    expect(new Set(prints([problem, problem])).size).toBe(2);
  });
});
