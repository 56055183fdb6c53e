import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BOT, type GitLabDouble, type Note, startGitLab } from './gitlab-api.ts';
import { type GitLabJob, readJobs, runGitLabJob } from './gitlab-jobs.ts';

const MARK = '<!-- atelier-preview -->';
const REPORT = `${MARK}\n\n## What will happen\n\n### prod: 🟡 needs care\n`;
const QUIET = `${MARK}\n\n## What will happen\n\n### prod: no change\n`;
const SHA = 'a'.repeat(40);
const jobs = readJobs();

function jobOf(name: string): GitLabJob {
  const job = jobs[name];
  if (!job) throw new Error(`There is no job "${name}".`);
  return job;
}

describe('ci-templates/gitlab/atelier.yml (PROVE-3)', () => {
  test('the job that knows the token has no clone, installs nothing, and takes only artefacts', () => {
    const note = jobOf('atelier:note');
    expect(note).toMatchObject({
      variables: { GIT_STRATEGY: 'none' },
      needs: [{ job: 'atelier:review', artifacts: true }],
    });
    expect(note.before_script).toBeUndefined();
    expect(note.cache).toBeUndefined();
    expect(note.rules).toEqual([{ if: expect.stringContaining('$ATELIER_NOTE_TOKEN'), when: 'always' }]);
    const knowing = Object.entries(jobs).filter(([, { script = [] }]) =>
      script.join('\n').includes('ATELIER_NOTE_TOKEN'),
    );
    expect(knowing.map(([name]) => name)).toEqual(['atelier:note']);
  });

  test('the review has all of the history, keeps what it found also when it fails, and takes its time', () => {
    expect(jobOf('atelier:review')).toMatchObject({
      variables: { GIT_DEPTH: '0' },
      artifacts: {
        when: 'always',
        paths: ['dist/', 'review/'],
        reports: { codequality: 'gl-code-quality-report.json' },
      },
      timeout: expect.any(String),
      image: expect.stringMatching(/^node:\d+\.\d+\.\d+-/),
    });
  });

  test('jobs with secrets read no cache that merge requests write', () => {
    expect(jobOf('.atelier:verify').cache).toEqual([]);
  });
});

describe('the note on a merge request (PROVE-3)', () => {
  let folder = '';
  let api: GitLabDouble | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
    mkdirSync(join(folder, 'review'));
  });
  afterEach(() => {
    api?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(before: readonly Note[] = []) {
    const double = await startGitLab(before);
    api = double;
    const env = {
      PATH: process.env.PATH ?? '',
      CI_API_V4_URL: double.url,
      CI_COMMIT_SHA: SHA,
      CI_PROJECT_ID: '11',
      CI_MERGE_REQUEST_IID: '7',
      ATELIER_NOTE_TOKEN: 'of-the-project',
    };
    const result = await runGitLabJob(jobOf('atelier:note'), { cwd: folder, env, file: join(folder, 'job') });
    return { ...result, double, written: double.calls.filter(({ method }) => method !== 'GET') };
  }
  const note = (id: number, author: number, body: string): Note => ({ id, author: { id: author }, body });
  const put = (text: string, commit = SHA): void => {
    writeFileSync(join(folder, 'review/note.md'), text);
    writeFileSync(join(folder, 'review/commit'), commit);
  };

  test('GIVEN none yet THEN one is made; GIVEN ours among many THEN it is updated and no other', async () => {
    put(REPORT);
    const first = await run();
    expect(first).toMatchObject({ code: 0, output: 'Noted.\n' });
    expect(first.double.notes).toMatchObject([{ body: REPORT }]);
    expect(new Set(first.double.calls.map(({ token }) => token))).toEqual(new Set(['of-the-project']));
    api?.close();

    const others = Array.from({ length: 130 }, (_, id) => note(id, 1, `${MARK} ${id}`));
    const second = await run([...others, note(500, BOT, `${MARK} of the last run`)]);
    expect(second).toMatchObject({ code: 0, output: 'Updated.\n' });
    expect(second.double.notes.filter(({ body }) => body === REPORT).map(({ id }) => id)).toEqual([500]);
  });

  test('GIVEN no change THEN nothing is said, unless something was said before', async () => {
    put(QUIET);
    expect((await run()).written).toEqual([]);
    api?.close();
    expect((await run([note(1, BOT, REPORT)])).double.notes).toMatchObject([{ id: 1, body: QUIET }]);
  });

  test('GIVEN a note that the runner kept of another commit THEN nothing is said', async () => {
    put(REPORT, 'b'.repeat(40));
    expect(await run()).toMatchObject({ code: 0, written: [] });
  });

  test('GIVEN what is no report, or none at all THEN nothing is posted', async () => {
    expect(await run()).toMatchObject({ code: 0, written: [] });
    api?.close();
    put('Buy this.');
    expect(await run()).toMatchObject({ code: 1, written: [] });
    api?.close();
    rmSync(join(folder, 'review/note.md'));
    writeFileSync(join(folder, 'secret'), REPORT);
    symlinkSync(join(folder, 'secret'), join(folder, 'review/note.md'));
    expect(await run()).toMatchObject({ code: 1, written: [] });
  });
});
