import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readJobs, runGitLabJob } from '../ci-templates/gitlab-jobs.ts';
import { type UserRepository, userRepository } from '../ci-templates/user-repository.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atelier-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function review({ folder, path, git }: UserRepository, base?: string) {
  const job = readJobs()['atelier:review'];
  if (!job) throw new Error('There is no job "atelier:review".');
  const env = {
    PATH: path,
    HOME: root,
    CI: 'true',
    CI_COMMIT_SHA: git('rev-parse', 'HEAD'),
    ...(base === undefined
      ? {}
      : { CI_MERGE_REQUEST_DIFF_BASE_SHA: base, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' }),
  };
  const result = await runGitLabJob(job, { cwd: folder, env, file: join(root, 'job') });
  const read = (name: string): string =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';
  return {
    ...result,
    note: read('review/note.md'),
    quality: JSON.parse(read('gl-code-quality-report.json')) as { check_name: string }[],
  };
}

/** A branch with a commit of its own, checked out as a runner does. Returns where it left main. */
function branch(repository: UserRepository, change: Parameters<UserRepository['write']>[0]): string {
  const base = repository.git('rev-parse', 'HEAD');
  repository.write(change);
  repository.git('checkout', '--quiet', '--detach', repository.commit('change'));
  return base;
}

describe('the lines of ci-templates/gitlab/atelier.yml, run by bash (PROVE-1, PROVE-3)', () => {
  test('GIVEN a merge request that fits THEN it passes, with a note, a quality report and manifests', async () => {
    const repository = userRepository(root);
    const base = branch(repository, { monitoring: { retention: '20d' } });
    const { code, output, note } = await review(repository, base);
    expect(output).toContain('all hold');
    expect(code).toBe(0);
    expect(note).toMatch(/^<!-- atelier-preview -->\n/);
    expect(note).toContain(`against commit ${base.slice(0, 9)}`);
    expect(note).toContain('kube-prometheus-stack');
    expect(existsSync(join(repository.folder, 'dist/test/index.json'))).toBe(true);
  });

  test('GIVEN parts that do not fit THEN it fails with 1, and says so in words, in the report and in the note', async () => {
    const repository = userRepository(root);
    const base = branch(repository, { tenants: [{ name: 'greedy', quota: { gpus: 99 } }] });
    const { code, output, note, quality } = await review(repository, base);
    expect(code).toBe(1);
    expect(output).toContain('(TEN003)');
    expect(quality.map(({ check_name }) => check_name)).toContain('TEN003');
    expect(note).toContain('What is wrong with it now');
    expect(existsSync(join(repository.folder, 'dist'))).toBe(false);
  });

  test('GIVEN an environment that cannot be understood THEN the note says so, in a form that is no Markdown', async () => {
    const repository = userRepository(root);
    const base = branch(repository, { storage: 4 as never });
    const { code, note, quality } = await review(repository, base);
    expect(code).toBe(2);
    expect(quality.map(({ check_name }) => check_name)).toEqual(['ENV003']);
    expect(note).toMatch(/^ {4}error stacks\/environments\/test\.yaml:\d+:\d+ storage: 4 is not a map/m);
  });

  test('GIVEN the default branch of a repository that keeps dist/ THEN a change without it fails, and one with it passes', async () => {
    const repository = userRepository(root, { keepsDist: true });
    branch(repository, { monitoring: { retention: '20d' } });
    const stale = await review(repository);
    expect(stale).toMatchObject({ code: 1, note: '' });
    expect(stale.output).toContain('What is committed is not what is synthesized.');
    repository.git('add', 'dist');
    repository.git('commit', '--quiet', '--message', 'with dist');
    expect(await review(repository)).toMatchObject({ code: 0 });
  });
});
