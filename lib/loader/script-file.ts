import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildFailure } from 'esbuild';
import { packageRoot } from '../core/asset.ts';
import { InvalidEnvironmentError, type Problem } from '../core/problem.ts';
import { shownPath, throwingLocation } from '../core/source.ts';

// Required where it is needed: `import` would first search the whole of this CommonJS package for the names of its exports.
const require = createRequire(import.meta.url);

const asFailure = (error: unknown): BuildFailure | undefined =>
  error instanceof Error && 'errors' in error ? (error as BuildFailure) : undefined;

/** Words of ours for what esbuild says in terms of its options. */
function explain(text: string): Pick<Problem, 'message' | 'hint'> {
  if (!text.startsWith('Top-level await')) return { message: `cannot be compiled: ${text}.` };
  return {
    message: 'awaits outside of a function; an environment is there at once.',
    hint: 'Read files with readFileSync, and write the rest out.',
  };
}

function buildProblems(failure: BuildFailure, shownAs: string): readonly Problem[] {
  return failure.errors.map(({ text, location }) => ({
    code: 'ENV011',
    severity: 'error',
    path: '(file)',
    source: {
      file: location ? shownPath(resolve(location.file)) : shownAs,
      line: location?.line ?? 1,
      column: (location?.column ?? 0) + 1,
    },
    ...explain(text),
  }));
}

/** Runs CommonJS code as a file, so that its source map counts, and gives back its default export. */
function evaluate(code: Uint8Array): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-environment-'));
  const file = join(folder, 'environment.cjs');
  try {
    writeFileSync(file, code);
    // Makes source maps known to define.ts, which reads lines from them. Left on: another file may be loading.
    process.setSourceMapsEnabled(true);
    const exported = require(file) as { __esModule?: boolean; default?: unknown };
    // What was CommonJS before it was bundled has no default export.
    return exported.__esModule ? exported.default : exported;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Evaluates a TypeScript or JavaScript environment file and gives back its default export. The file and what it imports,
 * packages included, are bundled in memory; `atelier` itself resolves to the running program, so that an environment
 * needs no install. Nothing in it may be awaited outside a function. Throws {@link InvalidEnvironmentError} for what
 * cannot be compiled or evaluated.
 */
export async function readScriptFile(path: string, shownAs: string): Promise<unknown> {
  const esbuild = require('esbuild') as typeof import('esbuild');
  const folder = dirname(path);
  try {
    const result = await esbuild.build({
      entryPoints: [path],
      // Never written; sources are named from here.
      outfile: join(folder, 'environment.cjs'),
      sourceRoot: `${pathToFileURL(folder).href}/`,
      write: false,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'silent',
      alias: { atelier: join(packageRoot, 'lib/define.ts') },
      // CommonJS has none; packages look for files and for other packages with it.
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
    });
    return evaluate(result.outputFiles[0]?.contents ?? new Uint8Array());
  } catch (error) {
    const failure = asFailure(error);
    if (failure) throw new InvalidEnvironmentError(buildProblems(failure, shownAs));
    const reason = error instanceof Error ? error.message : String(error);
    const source = throwingLocation(error);
    throw new InvalidEnvironmentError([
      {
        code: 'ENV012',
        severity: 'error',
        path: source ? '(file)' : shownAs,
        ...(source ? { source } : {}),
        message: `failed while it was evaluated: ${reason.replace(/\.$/, '')}.`,
      },
    ]);
  }
}
