import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { binaryPath } from '../../lib/cluster/toolchain.ts';
import { ACTIONLINT } from '../../lib/cluster/tools.ts';
import { TEMPLATES, templateText } from '../ci-templates/workflow.ts';
import { describeWithTool } from '../describe-with-tool.ts';

/** What actionlint says of a workflow, without the programs that it would call where they are installed. */
function lint(text: string): string {
  const { stdout, stderr, status } = spawnSync(
    binaryPath(ACTIONLINT, 'actionlint'),
    ['-no-color', '-shellcheck=', '-pyflakes=', '-'],
    { input: text, encoding: 'utf8' },
  );
  if (status === null || status > 1) throw new Error(`actionlint failed: ${stderr}`);
  return stdout;
}

/** What somebody else wrote, put into a script. */
const FOREIGN = `$${'{{ github.event.pull_request.title }}'}`;

describeWithTool('ci-templates/github, read by actionlint (PROVE-3)', ACTIONLINT, () => {
  test.each(TEMPLATES)('%s is valid: events, permissions, expressions, inputs of actions', (name) => {
    expect(lint(templateText(name))).toBe('');
  });

  test.each([
    ['a permission that does not exist', (text: string) => text.replace('contents: read', 'content: read')],
    ['a context that does not exist', (text: string) => text.replace('steps.install.outcome', 'steps.instal.outcome')],
    ['a title that a shell would read', (text: string) => text.replace('run: npm ci', `run: echo ${FOREIGN}`)],
  ])('GIVEN %s THEN it would be found', (_, change) => {
    const text = templateText('atelier.yml');
    expect(change(text)).not.toBe(text);
    expect(lint(change(text))).not.toBe('');
  });
});
