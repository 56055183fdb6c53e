import { describe, expect, test } from 'vitest';
import { githubCommands } from '../../../lib/checks/format/github.ts';
import type { Problem } from '../../../lib/core/problem.ts';

const problem: Problem = {
  code: 'VER001',
  severity: 'warning',
  path: 'kubernetesVersion',
  source: { file: 'environments/a,b:c.ts', line: 3, column: 7 },
  message: '100% wrong,\r\nfor: sure.',
  hint: 'Mend it.',
};

/** What a runner makes of a line (actions/runner, ActionCommand.TryParseV2). */
function readCommand(line: string) {
  const match = /^::(?<kind>\w+) (?<properties>.*?)::(?<message>.*)$/.exec(line);
  const text = (value = ''): string =>
    value
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const properties = (match?.groups?.properties ?? '').split(',').map((pair) => {
    const [key = '', ...value] = pair.split('=');
    return [key, text(value.join('='))] as const;
  });
  return { kind: match?.groups?.kind, ...Object.fromEntries(properties), message: text(match?.groups?.message) };
}

describe('PROVE-1: the report as workflow commands of GitHub Actions', () => {
  test('GIVEN commas, colons, percent signs and line ends THEN the runner reads back what was meant, from one line', () => {
    const [line = ''] = githubCommands([{ environment: 'dev', problems: [problem], silenced: [] }]);
    expect(line).not.toMatch(/[\r\n]/);
    expect(readCommand(line)).toEqual({
      kind: 'warning',
      file: 'environments/a,b:c.ts',
      line: '3',
      col: '7',
      title: 'VER001 The Kubernetes version is the one that Atelier is tested with',
      message: 'dev: kubernetesVersion: 100% wrong,\r\nfor: sure. Mend it.',
    });
  });

  test('GIVEN an error without a file, and what is accepted THEN there is an error without a place, and a notice', () => {
    const { source: _, ...nowhere } = { ...problem, code: 'ENV013', severity: 'error' as const };
    const lines = githubCommands([
      { environment: 'dev', problems: [nowhere], silenced: [{ ...problem, reason: 'on its way' }] },
    ]);
    expect(lines.map(readCommand)).toMatchObject([
      { kind: 'error', title: 'ENV013' },
      { kind: 'notice', message: expect.stringMatching(/Accepted: on its way$/) },
    ]);
    expect(lines[0]).not.toContain('file=');
  });
});
