import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import { packageRoot } from '../lib/core/asset.ts';
import type { JobTemplateValues } from '../lib/workbench/job-template-values.ts';
import type { LauncherJob } from '../lib/workbench/launcher-job.ts';

const SOURCES = ['go.mod', 'go.sum', 'main.go'] as const;
const FOLDER = join(packageRoot, 'tools', 'job-template');
/** The toolchain that is installed, never one that Go would fetch on its own. */
const GO_ENVIRONMENT = { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };
/** The first build downloads a dozen small modules and compiles them: 15 s on two cores. */
const BUILD_TIMEOUT_MS = 300_000;
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

function requiredGo(): string {
  return /^go (\S+)$/m.exec(readFileSync(join(FOLDER, 'go.mod'), 'utf8'))?.[1] ?? '';
}

function installedGo(): string | undefined {
  const { stdout } = spawnSync('go', ['env', 'GOVERSION'], { env: GO_ENVIRONMENT, encoding: 'utf8' });
  return /^go(\d+(?:\.\d+)*)/.exec(stdout ?? '')?.[1];
}

function isAtLeast(version: string, floor: string): boolean {
  const parts = version.split('.').map(Number);
  const floors = floor.split('.').map(Number);
  const first = floors.findIndex((part, index) => part !== (parts[index] ?? 0));
  return first === -1 || (parts[first] ?? 0) > (floors[first] ?? 0);
}

function missingGo(): string | undefined {
  const required = requiredGo();
  const installed = installedGo();
  if (installed !== undefined && isAtLeast(installed, required)) return undefined;
  return `needs Go ${required} or newer on the PATH, found ${installed ?? 'none'} (https://go.dev/dl)`;
}

/** A suite that renders templates. Where Go is missing it is skipped and says so; with CI=true it fails. */
export function describeWithEngine(title: string, suite: () => void): void {
  const missing = missingGo();
  if (missing === undefined) {
    describe(title, () => {
      beforeAll(() => void engine(), BUILD_TIMEOUT_MS);
      suite();
    });
  } else if (process.env.CI === 'true') {
    describe(title, () => it(missing, () => Promise.reject(new Error(missing))));
  } else {
    process.stderr.write(`${title}: skipped, ${missing}\n`);
    describe.skip(title, suite);
  }
}

/** Path of the renderer, built at most once per content of its sources, outside the checkout. */
function engine(): string {
  const hash = createHash('sha256');
  for (const name of SOURCES)
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(FOLDER, name)))
      .update('\0');
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'atelier', 'tools', 'job-template', hash.digest('hex').slice(0, 16));
  const binary = join(folder, 'job-template');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  // Built beside its final name and moved there, so that nobody ever runs half a file.
  const unfinished = `${binary}.${process.pid}`;
  const build = spawnSync('go', ['build', '-trimpath', '-buildvcs=false', '-o', unfinished, '.'], {
    cwd: FOLDER,
    env: GO_ENVIRONMENT,
    encoding: 'utf8',
  });
  if (build.status !== 0)
    throw new Error(`go build of tools/job-template failed:\n${build.stderr}${build.error ?? ''}`);
  renameSync(unfinished, binary);
  return binary;
}

/** Renders all of the request in one run of the Go engine, answers in the order asked. */
export function renderTemplates(request: RenderRequest): readonly Rendered[] {
  const run = spawnSync(engine(), {
    input: JSON.stringify(request),
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (run.status !== 0) throw new Error(`job-template failed: ${run.stderr}${run.error ?? ''}`);
  return JSON.parse(run.stdout) as Rendered[];
}
