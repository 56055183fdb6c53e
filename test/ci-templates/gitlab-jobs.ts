import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../lib/core/asset.ts';
import { runScript } from './runner-double.ts';

export interface GitLabJob {
  readonly extends?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly rules?: readonly { readonly if?: string; readonly when?: string }[];
  readonly artifacts?: {
    readonly when?: string;
    readonly paths?: readonly string[];
    readonly reports?: Readonly<Record<string, string>>;
  };
  readonly needs?: readonly { readonly job: string; readonly artifacts: boolean }[];
  readonly cache?: unknown;
  readonly image?: string;
  readonly timeout?: string;
}

/** The jobs of the template, with what they extend laid under them. */
export function readJobs(): Readonly<Record<string, GitLabJob>> {
  const jobs = parse(readFileSync(join(packageRoot, 'ci-templates/gitlab/atelier.yml'), 'utf8')) as Record<
    string,
    GitLabJob
  >;
  const merged = (job: GitLabJob): GitLabJob => {
    const below = job.extends === undefined ? undefined : jobs[job.extends];
    if (job.extends !== undefined && !below) throw new Error(`There is no job "${job.extends}".`);
    return below ? { ...merged(below), ...job, variables: { ...merged(below).variables, ...job.variables } } : job;
  };
  return Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, merged(job)]));
}

/** A test double of GitLab's runner: one bash for all lines of a job, as the runner starts it. */
export function runGitLabJob(
  { variables, before_script: before = [], script = [] }: GitLabJob,
  { cwd, env, file }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly file: string },
): Promise<{ readonly code: number; readonly output: string }> {
  // As the runner writes its script: `set -eo pipefail`, and every entry on lines of its own (shells/bash.go).
  const lines = ['set -eo pipefail', ...before, ...script].join('\n');
  return runScript(lines, { shell: 'bash', cwd, env: { ...env, ...variables }, file });
}
