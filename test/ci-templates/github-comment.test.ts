import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GitHubDouble, type GitHubOptions, PULL_REQUEST, startGitHub } from './github-api.ts';
import { runJob } from './runner-double.ts';
import { jobOf, readWorkflow } from './workflow.ts';

const workflow = readWorkflow('atelier-comment.yml');
const MARK = '<!-- atelier-preview -->';
const REPORT = `${MARK}\n\n## What will happen\n\n### prod: 🟡 needs care\n`;
const QUIET = `${MARK}\n\n## What will happen\n\n### prod: no change\n`;
const SHA = 'a'.repeat(40);
/** A branch as somebody would call it who hopes that a shell reads it. */
const BRANCH = '$(touch pwned)`touch pwned`"; touch pwned; #&head=owner:main';

let folder = '';
let api: GitHubDouble | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  mkdirSync(join(folder, 'artifacts/atelier-review'), { recursive: true });
  mkdirSync(join(folder, 'temp'));
});
afterEach(() => {
  api?.close();
  rmSync(folder, { recursive: true, force: true });
});

const artifact = (name: string): string => join(folder, 'artifacts/atelier-review', name);
const bot = (id: number, body: string) => ({ id, user: { login: 'github-actions[bot]' }, body });

async function run(job: 'comment' | 'findings', options: Partial<GitHubOptions> = {}, event: object = {}) {
  const head = `stranger:${BRANCH}`;
  const double = await startGitHub({ head, sha: SHA, ...options });
  api = double;
  const owner = { login: 'stranger' };
  const run = {
    id: 1,
    event: 'pull_request',
    conclusion: 'success',
    head_sha: SHA,
    head_branch: BRANCH,
    head_repository: { owner, full_name: 'stranger/platform' },
    ...event,
  };
  const results = await runJob(jobOf(workflow, job), {
    workspace: folder,
    temp: join(folder, 'temp'),
    artifacts: join(folder, 'artifacts'),
    contexts: {
      github: { event: { workflow_run: run }, token: 'of-the-job' },
      runner: { temp: join(folder, 'temp') },
    },
    env: { PATH: process.env.PATH ?? '', GITHUB_API_URL: double.url, GITHUB_REPOSITORY: 'owner/platform' },
  });
  return { double, last: results.at(-1), written: double.calls.filter(({ method }) => method !== 'GET') };
}

describe('the comment on a pull request (PROVE-3)', () => {
  test('GIVEN none yet THEN one is made on the pull request of the run, whatever its branch is called', async () => {
    writeFileSync(artifact('comment.md'), REPORT);
    const { double, last, written } = await run('comment');
    expect(last).toMatchObject({ outcome: 'success', output: 'Commented.\n' });
    expect(double.comments).toMatchObject([{ body: REPORT }]);
    expect(written.map(({ path }) => path)).toEqual([`/repos/owner/platform/issues/${PULL_REQUEST}/comments`]);
    expect(new Set(double.calls.map(({ token }) => token))).toEqual(new Set(['Bearer of-the-job']));
  });

  test('GIVEN ours among many, and one of a stranger that looks alike THEN ours is updated and no other', async () => {
    writeFileSync(artifact('comment.md'), REPORT);
    const others = Array.from({ length: 130 }, (_, id) => ({ id, user: { login: 'somebody' }, body: `${MARK} ${id}` }));
    const { double, last } = await run('comment', { comments: [...others, bot(500, `${MARK} of the last run`)] });
    expect(last).toMatchObject({ outcome: 'success', output: 'Updated.\n' });
    expect(double.comments.filter(({ body }) => body === REPORT).map(({ id }) => id)).toEqual([500]);
    expect(double.comments).toHaveLength(131);
  });

  test('GIVEN no change THEN nothing is said, unless something was said before', async () => {
    writeFileSync(artifact('comment.md'), QUIET);
    expect((await run('comment')).written).toEqual([]);
    api?.close();
    const { double } = await run('comment', { comments: [bot(1, REPORT)] });
    expect(double.comments).toMatchObject([{ id: 1, body: QUIET }]);
  });

  test('GIVEN a pull request that is closed or has moved on THEN nothing is said', async () => {
    writeFileSync(artifact('comment.md'), REPORT);
    for (const options of [{ sha: 'b'.repeat(40) }, { head: 'stranger:other' }]) {
      const { last, written } = await run('comment', options);
      expect(last?.output).toContain('is closed, or has newer commits');
      expect(written).toEqual([]);
      api?.close();
    }
  });

  test('GIVEN no artefact THEN it ends well and says why', async () => {
    rmSync(join(folder, 'artifacts/atelier-review'), { recursive: true });
    const { last, written } = await run('comment');
    expect(last).toMatchObject({ outcome: 'success', output: 'The review ended before there was anything to say.\n' });
    expect(written).toEqual([]);
  });

  test('GIVEN data of a fork that are no report (a link, too long, another text) THEN nothing is posted', async () => {
    writeFileSync(join(folder, 'secret'), `${MARK} token`);
    const bad: readonly (() => void)[] = [
      () => symlinkSync(join(folder, 'secret'), artifact('comment.md')),
      () => writeFileSync(artifact('comment.md'), `${MARK}${'x'.repeat(65_536)}`),
      () => writeFileSync(artifact('comment.md'), 'Buy this.'),
      () => mkdirSync(artifact('comment.md')),
    ];
    for (const put of bad) {
      put();
      const { last, written } = await run('comment');
      expect(last?.outcome).toBe('failure');
      expect(written).toEqual([]);
      api?.close();
      rmSync(artifact('comment.md'), { recursive: true });
      rmSync(join(folder, 'temp/review'), { recursive: true });
    }
  });

  test('GIVEN a push, or a run that was cancelled or waits for approval THEN the job does not run', async () => {
    for (const event of [{ event: 'push' }, { conclusion: 'cancelled' }, { conclusion: 'action_required' }]) {
      expect((await run('comment', {}, event)).last).toBeUndefined();
      api?.close();
    }
  });
});

describe('findings for code scanning (PROVE-1)', () => {
  const log = { version: '2.1.0', runs: [] };

  test.each([
    ['a pull request', {}, `refs/pull/${PULL_REQUEST}/head`],
    ['a push', { event: 'push', head_branch: 'main' }, 'refs/heads/main'],
  ])('GIVEN %s THEN they are uploaded for its commit', async (_, event, ref) => {
    writeFileSync(artifact('check.sarif'), JSON.stringify(log));
    const { last, written } = await run('findings', {}, event);
    expect(last).toMatchObject({ outcome: 'success', output: 'Uploaded.\n' });
    const [call] = written;
    expect(call?.body).toMatchObject({ commit_sha: SHA, ref });
    const sarif = gunzipSync(Buffer.from(String(call?.body.sarif), 'base64')).toString('utf8');
    expect(JSON.parse(sarif)).toEqual(log);
  });

  test('GIVEN a repository without code scanning THEN it says so and does not fail; a refusal fails', async () => {
    writeFileSync(artifact('check.sarif'), JSON.stringify(log));
    expect((await run('findings', { codeScanning: 403 })).last).toMatchObject({
      outcome: 'success',
      output: expect.stringContaining('::notice::Code scanning takes no findings'),
    });
    api?.close();
    expect((await run('findings', { codeScanning: 422 })).last).toMatchObject({ outcome: 'failure' });
  });

  test('GIVEN what is no JSON THEN nothing is uploaded', async () => {
    writeFileSync(artifact('check.sarif'), '<html>');
    const { last, written } = await run('findings');
    expect(last?.outcome).toBe('failure');
    expect(written).toEqual([]);
  });
});
