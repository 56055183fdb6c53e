import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Contexts, interpolate, isWanted } from './expression.ts';
import type { WorkflowJob, WorkflowStep } from './workflow.ts';

/** Where a job runs, and what its runner tells it. */
export interface Place {
  /** The clone. */
  readonly workspace: string;
  /** `RUNNER_TEMP`; must exist. */
  readonly temp: string;
  /** Artefacts of all jobs, a folder each. */
  readonly artifacts: string;
  readonly contexts: Contexts;
  readonly env: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly output: string;
}

/** Runs a script as its step asks: bash as GitHub starts it, or any other command with the file in place of `{0}`. */
export function runScript(
  script: string,
  { shell, cwd, env, file }: { shell: string; cwd: string; env: NodeJS.ProcessEnv; file: string },
): Promise<{ readonly code: number; readonly output: string }> {
  writeFileSync(file, script);
  const command = shell === 'bash' ? 'bash --noprofile --norc -eo pipefail {0}' : shell;
  const [program = '', ...words] = command.split(' ').map((word) => (word === '{0}' ? file : word));
  return new Promise((done, reject) => {
    const child = spawn(program, words, { cwd, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/** What an action of GitHub does, as far as tests look at it: artefacts are folders, everything else is there already. */
function runAction(step: WorkflowStep, { artifacts, contexts, workspace }: Place): void {
  const [action = ''] = (step.uses ?? '').split('@');
  const input = (name: string): string => interpolate(String(step.with?.[name] ?? ''), contexts);
  const stored = join(artifacts, input('name'));
  if (action === 'actions/upload-artifact') {
    const path = resolve(workspace, input('path'));
    if (!existsSync(path)) throw new Error(`No files were found at ${path}.`);
    cpSync(path, stored, { recursive: true, verbatimSymlinks: true });
  }
  if (action === 'actions/download-artifact') {
    if (!existsSync(stored)) throw new Error(`There is no artefact "${input('name')}".`);
    mkdirSync(input('path'), { recursive: true });
    cpSync(stored, input('path'), { recursive: true, verbatimSymlinks: true });
  }
}

async function runStep(step: WorkflowStep, job: WorkflowJob, place: Place, index: number): Promise<StepResult> {
  const name = step.name ?? step.uses ?? '';
  const { contexts, workspace, temp } = place;
  if (step.run === undefined) {
    try {
      runAction(step, place);
      return { name, outcome: 'success', output: '' };
    } catch (error) {
      return { name, outcome: 'failure', output: String(error) };
    }
  }
  const given = Object.entries({ ...job.env, ...step.env }).map(([key, value]) => [key, interpolate(value, contexts)]);
  const env = { ...place.env, RUNNER_TEMP: temp, ...Object.fromEntries(given) } as NodeJS.ProcessEnv;
  const file = join(temp, `step-${index}`);
  const { code, output } = await runScript(step.run, { shell: step.shell ?? 'bash', cwd: workspace, env, file });
  return { name, outcome: code === 0 ? 'success' : 'failure', output };
}

/** A test double of GitHub's runner: runs the steps of a job in order, real scripts by real shells. */
export async function runJob(job: WorkflowJob, place: Place): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const outcomes: Record<string, { outcome: string }> = {};
  let failed = !isWanted(job.if, place.contexts, false);
  if (failed) return [];
  for (const [index, step] of job.steps.entries()) {
    const contexts = { ...place.contexts, steps: outcomes };
    const result: StepResult = isWanted(step.if, contexts, failed)
      ? await runStep(step, job, { ...place, contexts }, index)
      : { name: step.name ?? step.uses ?? '', outcome: 'skipped', output: '' };
    results.push(result);
    if (step.id !== undefined) outcomes[step.id] = { outcome: result.outcome };
    if (result.outcome === 'failure' && step['continue-on-error'] !== true) failed = true;
  }
  return results;
}
