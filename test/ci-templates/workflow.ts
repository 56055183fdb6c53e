import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../lib/core/asset.ts';

export interface WorkflowStep {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
}

export interface WorkflowJob {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly WorkflowStep[];
  readonly 'timeout-minutes'?: number;
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

export const TEMPLATES = ['atelier.yml', 'atelier-comment.yml', 'atelier-verify.yml'] as const;

export function templateText(name: (typeof TEMPLATES)[number]): string {
  return readFileSync(join(packageRoot, 'ci-templates/github', name), 'utf8');
}

export function readWorkflow(name: (typeof TEMPLATES)[number]): Workflow {
  return parse(templateText(name)) as Workflow;
}

/** The job of a workflow; a test that names a missing one is wrong. */
export function jobOf({ jobs }: Workflow, name: string): WorkflowJob {
  const job = jobs[name];
  if (!job) throw new Error(`There is no job "${name}".`);
  return job;
}
