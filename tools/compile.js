// Compiles lib/ and stacks/ to build/ when they are newer than what is there: 50 ms, so that nobody has to think of it.
// tsx would cost every command about 200 ms (docs/architecture.md, "Running TypeScript").
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, 'build');
/** Not compiled in: they are compiled when they are read. */
const environments = `${root}/stacks/environments`;

/** When a source below the folder last changed. Paths are not joined, because every command waits for this. */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) time = Math.max(time, path === environments ? 0 : newest(path));
    else if (entry.name.endsWith('.ts')) time = Math.max(time, statSync(path).mtimeMs);
  }
  return time;
}

/** Files beside lib/ and stacks/ that say what the compiled program becomes. */
const SETTINGS = ['package.json', 'tools/compile.js', 'tools/cdk8s-core.js', 'tools/cdk8s-kinds.js'];

/** Makes build/ current. Does nothing where there are no sources, as in an installed package. */
export async function compile({ force = false } = {}) {
  if (!existsSync(join(root, 'lib'))) return;
  const stamp = join(target, 'main.cjs');
  const sources = Math.max(
    newest(`${root}/lib`),
    newest(`${root}/stacks`),
    ...SETTINGS.map((file) => statSync(`${root}/${file}`).mtimeMs),
  );
  if (!force && existsSync(stamp) && statSync(stamp).mtimeMs > sources) return;
  const { build } = await import('esbuild');
  const fresh = `${target}.${process.pid}`;
  const options = {
    outdir: fresh,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Half of the bytes to read and parse; the names stay, and the lines short enough for a stack trace to point at.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 120,
    // Packages too: one large file loads faster than the hundreds they consist of. esbuild itself brings a program.
    // Pulumi keeps what is registered in its modules: a second copy of them would register nowhere.
    external: ['esbuild', '@pulumi/*', 'google-protobuf'],
    alias: {
      cdk8s: join(root, 'tools/cdk8s-core.js'),
      // Only the generated kinds of cdk8s-plus are used, not the layer above them, which takes as long to load.
      'cdk8s-plus-29': join(root, 'tools/cdk8s-kinds.js'),
      // cdk8s brings a copy of its own, of the same version.
      yaml: join(root, 'node_modules/yaml'),
    },
    logLevel: 'error',
  };
  await Promise.all([
    build({
      ...options,
      entryPoints: {
        index: join(root, 'lib/index.ts'),
        manifests: join(root, 'stacks/manifests.ts'),
        cloud: join(root, 'stacks/cloud.ts'),
      },
      format: 'esm',
      splitting: true,
      // Under a name of its own, because sources import createRequire too.
      banner: { js: "import { createRequire as from } from 'node:module';\nconst require = from(import.meta.url);" },
    }),
    // The command line is one CommonJS file, because V8 can keep that compiled (bin/load-program.js).
    build({
      ...options,
      entryPoints: { main: join(root, 'lib/cli/main.ts') },
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      define: { 'import.meta.url': 'moduleUrl' },
      banner: { js: "'use strict';\nconst moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
      // Becomes require(): a script with a code cache cannot import.
      supported: { 'dynamic-import': false },
    }),
  ]);
  // Runs of the program leave their code caches there.
  mkdirSync(join(fresh, 'code-cache'));
  const old = `${fresh}.old`;
  try {
    renameSync(target, old);
  } catch {
    // There is none, or another process puts its own there just now.
  }
  try {
    renameSync(fresh, target);
  } catch (error) {
    // Another process was faster: its build is as good as ours.
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(stamp)) throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compile({ force: true });
