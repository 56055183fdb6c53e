import { spawnSync } from 'node:child_process';
import { binaryPath } from '../lib/cluster/toolchain.ts';
import { JOB_TEMPLATE } from '../lib/cluster/tools.ts';
import type { JobTemplateValues } from '../lib/workbench/job-template-values.ts';
import type { LauncherJob } from '../lib/workbench/launcher-job.ts';
import { describeWithTool } from './describe-with-tool.ts';

/** Output of a few hundred jobs is some MB. */
const MAX_OUTPUT_BYTES = 256 * 2 ** 20;

/** One rendering: which template, its data, and templates that replace shared ones for this rendering alone. */
export interface Rendering {
  readonly template: 'job.tpl' | 'service.tpl';
  readonly data: { readonly Job: LauncherJob };
  readonly templates?: Readonly<Record<string, string>>;
}

export interface RenderRequest {
  readonly templates: Readonly<Record<string, string>>;
  readonly render: readonly Rendering[];
}

export type Rendered = { readonly output: string } | { readonly error: string };

/** The data template as the chart makes it from `launcher.templateValues` (rstudio-library 0.1.35, `dataOutput`). */
export function dataTemplate(values: JobTemplateValues): Readonly<Record<string, string>> {
  const json = JSON.stringify(values);
  return {
    'rstudio-library-templates-data.tpl': `{{- define "rstudio-library.templates.data" -}}\n${json}\n{{- end }}`,
  };
}

/** A suite that renders templates. */
export function describeWithEngine(title: string, suite: () => void): void {
  describeWithTool(title, JOB_TEMPLATE, suite);
}

/** Renders all of the request in one run of the Go engine, answers in the order asked. */
export function renderTemplates(request: RenderRequest): readonly Rendered[] {
  const run = spawnSync(binaryPath(JOB_TEMPLATE, 'job-template'), {
    input: JSON.stringify(request),
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (run.status !== 0) throw new Error(`job-template failed: ${run.stderr}${run.error ?? ''}`);
  return JSON.parse(run.stdout) as Rendered[];
}
