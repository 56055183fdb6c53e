import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot, readAsset } from '../../lib/core/asset.ts';
import { readWorkflow, TEMPLATES, templateText } from './workflow.ts';

/** Names that others choose and that a shell would read: branches, titles, texts. */
const FOREIGN =
  /github\.event\.(pull_request|workflow_run\.(head_branch|head_commit|display_title)|issue|comment)|github\.(head_ref|ref_name)/;

describe.each(TEMPLATES)('ci-templates/github/%s (PROVE-3)', (name) => {
  const workflow = readWorkflow(name);
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test('pins every action to a commit and says its version', () => {
    const uses = templateText(name).match(/^.*\buses:.*$/gm) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('gives nothing to all jobs, and each a limit of time', () => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.concurrency.group).not.toBe('');
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toBeDefined();
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  test('has no expression in a script, where a name would be read as a command', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    for (const { shell } of steps) expect(shell ?? '').not.toMatch(FOREIGN);
  });

  test('leaves no token in a clone', () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with).toMatchObject({ 'persist-credentials': false });
    }
  });
});

describe('who may do what (PROVE-3)', () => {
  const review = readWorkflow('atelier.yml');
  const comment = readWorkflow('atelier-comment.yml');

  test('what runs code of a pull request may only read, and knows no secret', () => {
    expect(Object.keys(review.on)).toEqual(['pull_request', 'push']);
    expect(review.jobs.review?.permissions).toEqual({ contents: 'read' });
    expect(templateText('atelier.yml')).not.toMatch(/secrets\.|github\.token/);
  });

  test('what may write runs no code of a pull request: no clone, no install, only its own scripts', () => {
    expect(comment.on).toEqual({ workflow_run: { workflows: [review.name], types: ['completed'] } });
    for (const job of Object.values(comment.jobs)) {
      expect(job.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? [])).toEqual(['actions/download-artifact']);
      expect(job.steps.flatMap(({ run, shell }) => (run === undefined ? [] : shell))).toEqual(['node {0}']);
    }
    expect(comment.jobs.comment?.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' });
    expect(comment.jobs.findings?.permissions).toEqual({
      actions: 'read',
      'pull-requests': 'read',
      'security-events': 'write',
    });
  });

  test('the Pulumi that verifies is the one that Atelier is written for', () => {
    const { dependencies } = JSON.parse(readAsset('package.json')) as { dependencies: Record<string, string> };
    const pulumi = readWorkflow('atelier-verify.yml').jobs.verify?.steps.find(({ uses }) =>
      uses?.startsWith('pulumi/'),
    );
    expect(pulumi?.with?.['pulumi-version']).toBe(dependencies['@pulumi/pulumi']);
  });
});

describe('this repository', () => {
  const folder = join(packageRoot, '.github/workflows');

  test('reviews itself by its own templates, installed as docs/ci.md says: GitHub follows no links', () => {
    for (const name of readdirSync(folder)) {
      const template = join(packageRoot, 'ci-templates/github', name);
      expect(existsSync(template), `${name} is no template`).toBe(true);
      expect(readFileSync(join(folder, name), 'utf8'), `cp ci-templates/github/${name} .github/workflows/`).toBe(
        readFileSync(template, 'utf8'),
      );
    }
    expect(readdirSync(folder).sort()).toEqual(['atelier-comment.yml', 'atelier.yml']);
  });
});
