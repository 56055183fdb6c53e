// Prints beside each other what `preview` and tools that compare texts say of the same two trees: production, and
// production with one pool's root volume and the ceiling of pods changed. Seconds without synth, and lines of output.
// Called as: node text-diffs.js FOLDER
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  indexFile,
  layoutFiles,
  loadEnvironment,
  markdownReport,
  previewContents,
  readTree,
  replaceFolders,
  synthesize,
} from '../../build/index.js';

const DYFF = 'github.com/homeport/dyff/cmd/dyff@v1.12.0';
const out = process.argv[2];
const { input } = await loadEnvironment('prod');

function grown(pool) {
  if (pool.capacity.kind !== 'ec2' || pool.name !== 'cpu') return pool;
  return { ...pool, capacity: { ...pool.capacity, rootVolume: { size: '200Gi' } } };
}
const changed = {
  ...input,
  nodePools: input.nodePools.map(grown),
  policies: { ...input.policies, ceiling: { cpu: 16, memory: '128Gi' } },
};

/** A tree as synth writes it, and all of its YAML in one file for tools that know no folders. */
function tree(name, of) {
  const { bundle } = synthesize(of);
  const files = [...layoutFiles(bundle), indexFile(bundle)];
  const folder = join(out, name);
  replaceFolders([{ folder, files }]);
  const objects = layoutFiles(bundle).filter(({ path }) => path.endsWith('.yaml') && !path.includes('.values.'));
  const all = join(out, `${name}.yaml`);
  writeFileSync(all, objects.map(({ path }) => readFileSync(join(folder, path), 'utf8')).join('---\n'));
  return { bundle, folder, all };
}

mkdirSync(out, { recursive: true });
const [before, after] = [tree('before', input), tree('after', changed)];
const lines = (text) => text.split('\n').filter((line) => line !== '').length;

function timed(work) {
  const start = process.hrtime.bigint();
  const text = work();
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, lines: lines(text) };
}

/** A tool that ends with 1 where there is a difference. */
function run(program, words) {
  const { status, stdout, error } = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (error || status > 1) throw error ?? new Error(`${program} ended with ${status}`);
  return stdout;
}

/** dyff of the PATH, or built once by Go; `undefined` where there is neither. */
function findDyff() {
  if (spawnSync('dyff', ['version']).status === 0) return 'dyff';
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'atelier', 'tools', 'dyff');
  const built = join(folder, 'dyff');
  if (existsSync(built)) return built;
  try {
    const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0' };
    execFileSync('go', ['install', DYFF], { env, stdio: 'ignore' });
    return built;
  } catch {
    return undefined;
  }
}

const dyff = findDyff();
const tools = {
  preview: timed(() => {
    const contents = readTree(before.folder, { bundle: after.bundle, files: layoutFiles(after.bundle) });
    const preview = previewContents(contents, after.bundle);
    return markdownReport({ base: { name: 'before', notes: [] }, previews: [preview] });
  }),
  'diff -ru': timed(() => run('diff', ['-ru', before.folder, after.folder])),
  'git diff --no-index': timed(() => run('git', ['diff', '--no-index', '--no-color', before.folder, after.folder])),
  dyff: dyff
    ? timed(() => run(dyff, ['between', '--omit-header', '--color', 'off', before.all, after.all]))
    : undefined,
};
console.log(JSON.stringify(tools));
