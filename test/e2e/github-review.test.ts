import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runJob } from '../ci-templates/runner-double.ts';
import { type UserRepository, userRepository } from '../ci-templates/user-repository.ts';
import { jobOf, readWorkflow } from '../ci-templates/workflow.ts';

const job = jobOf(readWorkflow('atelier.yml'), 'review');

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  for (const folder of ['temp', 'artifacts']) mkdirSync(join(root, folder));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The outcome of every step of the workflow, by its name, and what it said. */
async function review({ folder, path }: UserRepository, event: 'pull_request' | 'push' = 'pull_request') {
  const temp = join(root, 'temp');
  const summary = join(temp, 'summary.md');
  const results = await runJob(job, {
    workspace: folder,
    temp,
    artifacts: join(root, 'artifacts'),
    contexts: { github: { event_name: event }, runner: { temp } },
    env: {
      PATH: path,
      HOME: root,
      CI: 'true',
      GITHUB_BASE_REF: event === 'push' ? '' : 'main',
      GITHUB_STEP_SUMMARY: summary,
      NO_UPDATE_NOTIFIER: '1',
    },
  });
  const read = (name: string): string => {
    const file = join(root, 'artifacts/atelier-review', name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  return {
    outcomes: Object.fromEntries(results.map(({ name, outcome }) => [name, outcome])),
    output: results.map(({ output }) => output).join(''),
    comment: read('comment.md'),
    sarif: JSON.parse(read('check.sarif') || '{}') as { runs?: { results: { ruleId: string }[] }[] },
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    dist: join(root, 'artifacts/atelier-dist'),
  };
}

/** A branch as somebody would call it who hopes that a shell reads it. */
const BRANCH = `$(touch\${IFS}pwned)`;

/** A branch with a commit of its own, merged as GitHub checks pull requests out. */
function branch(repository: UserRepository, change: Parameters<UserRepository['write']>[0]): void {
  repository.git('checkout', '--quiet', '-b', BRANCH);
  repository.write(change);
  repository.commit(BRANCH);
  repository.git('checkout', '--quiet', '--detach', 'main');
  repository.git('merge', '--quiet', '--no-ff', '--no-edit', BRANCH);
}

describe('the steps of ci-templates/github/atelier.yml, run by their shells (PROVE-1, PROVE-3)', () => {
  test('GIVEN a pull request that fits THEN all pass; the report, findings and manifests are artefacts', async () => {
    const repository = userRepository(root);
    branch(repository, { monitoring: { retention: '20d' } });
    const { outcomes, comment, sarif, summary, dist } = await review(repository);
    expect(new Set(Object.values(outcomes))).toEqual(new Set(['success']));
    expect(comment).toMatch(/^<!-- atelier-preview -->\n/);
    expect(comment).toContain('against');
    expect(comment).toContain('where this branch left origin/main');
    expect(comment).toContain('kube-prometheus-stack');
    expect(summary).toBe(comment);
    expect(sarif.runs).toHaveLength(1);
    expect(readdirSync(dist)).toEqual(['test']);
    expect(existsSync(join(dist, 'test/index.json'))).toBe(true);
    expect(existsSync(join(repository.folder, 'pwned'))).toBe(false);
  });

  test('GIVEN parts that do not fit THEN it fails, annotates, and still says what was found', async () => {
    const repository = userRepository(root);
    branch(repository, { tenants: [{ name: 'greedy', quota: { gpus: 99 } }] });
    const { outcomes, output, comment, sarif, dist } = await review(repository);
    expect(outcomes).toMatchObject({
      'Do the parts fit?': 'failure',
      'What will the change do?': 'failure',
      Synthesize: 'skipped',
      'What would be applied': 'skipped',
      'What is to be said about it': 'success',
    });
    expect(output).toMatch(/^::error file=stacks\/environments\/test\.yaml,line=\d+,col=\d+,title=TEN003/m);
    expect(comment).toContain('What is wrong with it now');
    expect(sarif.runs?.[0]?.results.map(({ ruleId }) => ruleId)).toContain('TEN003');
    expect(existsSync(dist)).toBe(false);
  });

  test('GIVEN an environment that cannot be understood THEN the comment says so, in a form that is no Markdown', async () => {
    const repository = userRepository(root);
    branch(repository, { storage: '### [x](https://x.example)' as never });
    const { outcomes, comment } = await review(repository);
    expect(outcomes).toMatchObject({ 'What will the change do?': 'failure', 'What is to be said about it': 'success' });
    expect(comment).toMatch(/^<!-- atelier-preview -->\n\n## What will happen\n\nThis could not be said/);
    expect(comment).toMatch(/^ {4}error stacks\/environments\/test\.yaml:\d+:\d+ storage: /m);
    const own = comment.split('\n').slice(6);
    expect(own.filter((line) => line !== '' && !line.startsWith('    '))).toEqual([]);
  });

  test('GIVEN a repository that keeps dist/ THEN a change without it fails, and one with it passes', async () => {
    const repository = userRepository(root, { keepsDist: true });
    repository.write({ monitoring: { retention: '20d' } });
    repository.commit('without dist');
    const stale = await review(repository, 'push');
    expect(stale.outcomes).toMatchObject({
      'What will the change do?': 'skipped',
      Synthesize: 'success',
      'Is what the repository keeps of it current?': 'failure',
    });
    expect(stale.output).toContain('::error::What is committed is not what is synthesized.');
    expect(stale.output).toContain('kube-prometheus-stack.values.yaml');

    // The run above wrote it.
    repository.commit('with dist');
    rmSync(join(root, 'artifacts'), { recursive: true });
    expect(new Set(Object.values((await review(repository, 'push')).outcomes))).toEqual(
      new Set(['success', 'skipped']),
    );
  });
});
