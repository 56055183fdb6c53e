// Prints what a user waits for, as ratios measured in one run; `--json FILE` also writes [{name, value, unit, goal}], and
// measures what needs a control plane or Pulumi's engine, where they are built. `pulumi` measures the engine only.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compile } from '../compile.js';
import { pulumiEngine } from './pulumi-engine.js';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const HELP = `npm run bench [-- [pulumi] [--json FILE]]

  pulumi        measure preview and up on Pulumi's engine, and nothing else
  --json FILE   write [{name, value, unit, goal}], and measure what needs a control plane or Pulumi's engine as well
`;

/** What the command line asks for; ends the program with the help where it asks for something else. */
function readArguments() {
  try {
    const options = { json: { type: 'string' }, help: { type: 'boolean', short: 'h' } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.every((word) => word === 'pulumi') && !values.help) {
      return { json: values.json, onlyPulumi: positionals.length > 0 };
    }
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

const { json, onlyPulumi } = readArguments();
const ROUNDS = 7;

function run(script, ...words) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, stdout };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Both programs in turn, so that whatever else the machine does meets both; each writes to a folder that is not there. */
function synthAgainstBare(folder) {
  const objects = join(folder, 'objects.json');
  run(join(here, 'objects.js'), objects);
  const synth = [];
  const bare = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    synth.push(run('bin/atelier.js', 'synth', '--out', join(folder, `synth-${round}`)).seconds);
    bare.push(run(join(here, 'bare.js'), objects, join(folder, `bare-${round}`)).seconds);
  }
  return { synth: median(synth), bare: median(bare) };
}

function tenantGrowth() {
  const measure = (count) => {
    const runs = [1, 2, 3].map(() => JSON.parse(run(join(here, 'tenants.js'), String(count)).stdout));
    return {
      seconds: median(runs.map(({ seconds }) => seconds)),
      megabytes: median(runs.map(({ megabytes }) => megabytes)),
    };
  };
  const [ten, thousand, tenThousand] = [10, 1000, 10_000].map(measure);
  return {
    ten,
    thousand,
    tenThousand,
    // Over the fixed cost of ten tenants, time grows as count^exponent.
    exponent: Math.log10((tenThousand.seconds - ten.seconds) / (thousand.seconds - ten.seconds)),
  };
}

/** What preview takes beyond the two synths: production against itself, and 10,000 tenants whose quotas all change. */
function previewCost(folder) {
  const measure = (count) => JSON.parse(run(join(here, 'preview.js'), String(count), folder).stdout);
  return { prod: median([1, 2, 3].map(() => measure(0).seconds)), tenThousand: measure(10_000) };
}

/** What the program of `pulumi up` takes for production, in a process of its own. */
function pulumiProgram() {
  const runs = [1, 2, 3].map(() => JSON.parse(run(join(here, 'pulumi-program.js')).stdout));
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
  };
}

/** What tools that compare texts take and print on the same two trees, beside preview; their lines are what somebody has to read. */
function textDiffs(folder) {
  const tools = JSON.parse(run(join(here, 'text-diffs.js'), join(folder, 'trees')).stdout);
  for (const [name, answer] of Object.entries({ dyff: undefined, ...tools })) {
    const said = answer
      ? `${answer.seconds.toFixed(2).padStart(8)} s, ${answer.lines} lines`
      : ' skipped: neither dyff nor Go is there to build it';
    console.log(`same two trees, ${name.padEnd(20)}${said}`);
  }
}

const PLACEMENT_CASES = 500;

/**
 * Verdicts per second of the model and of the real scheduler, as the end-to-end test measures them; only with --json,
 * and only where a control plane is built, because building one takes minutes.
 */
function placement(folder) {
  const skipped = (why) => {
    console.log(`placement-speedup: skipped, ${why}`);
    return [];
  };
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  if (!existsSync(join(cache, 'atelier', 'tools', 'kubernetes'))) {
    return skipped('no control plane is built yet: "atelier cluster up" builds it');
  }
  const report = join(folder, 'placement.json');
  const env = { ...process.env, ATELIER_PLACEMENT_CASES: String(PLACEMENT_CASES), ATELIER_PLACEMENT_REPORT: report };
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--config', 'vitest.e2e.config.ts', 'test/e2e/placement.test.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the placement test failed: ${stdout}\n${stderr}`);
  if (!existsSync(report)) return skipped('Go is missing');
  const { cases, modelMs, schedulerMs } = JSON.parse(readFileSync(report, 'utf8'));
  const unit = 'verdicts/s';
  return [
    { name: 'placement-speedup', value: schedulerMs / modelMs, unit: 'x the real scheduler', goal: 100 },
    { name: 'placement-model', value: (1000 * cases) / modelMs, unit },
    { name: 'placement-scheduler', value: (1000 * cases) / schedulerMs, unit },
  ];
}

/** Goals that are reached from below. */
const MORE_IS_BETTER = new Set(['placement-speedup']);

/** What is measured without a control plane. */
function usualFigures(folder) {
  const { synth, bare } = synthAgainstBare(folder);
  const growth = tenantGrowth();
  const preview = previewCost(folder);
  const program = pulumiProgram();
  textDiffs(folder);
  return [
    { name: 'synth-ratio', value: synth / bare, unit: 'x a bare cdk8s program', goal: 1.3 },
    { name: 'synth-seconds', value: synth, unit: 's', goal: 1.5 },
    { name: 'bare-cdk8s-seconds', value: bare, unit: 's' },
    { name: 'tenant-growth-exponent', value: growth.exponent, unit: '', goal: 1.1 },
    { name: 'tenant-10k-seconds', value: growth.tenThousand.seconds, unit: 's' },
    { name: 'tenant-10k-memory', value: growth.tenThousand.megabytes / 1024, unit: 'GiB', goal: 2 },
    { name: 'preview-seconds', value: preview.prod, unit: 's', goal: 1 },
    { name: 'preview-10k-seconds', value: preview.tenThousand.seconds, unit: 's', goal: 10 },
    { name: 'preview-10k-memory', value: preview.tenThousand.megabytes / 1024, unit: 'GiB', goal: 2 },
    { name: 'pulumi-program-seconds', value: program.seconds, unit: 's', goal: 5 },
    { name: 'pulumi-program-memory', value: program.megabytes / 1024, unit: 'GiB', goal: 1 },
  ];
}

await compile();
const folder = mkdtempSync(join(tmpdir(), 'atelier-bench-'));
try {
  const figures = onlyPulumi
    ? pulumiEngine(root, folder)
    : [...usualFigures(folder), ...(json ? [...placement(folder), ...pulumiEngine(root, folder)] : [])];
  for (const { name, value, unit, goal } of figures) {
    const bound = MORE_IS_BETTER.has(name) ? 'at least' : 'at most';
    console.log(
      `${name.padEnd(32)} ${value.toFixed(2).padStart(8)} ${unit}${goal === undefined ? '' : ` (goal: ${bound} ${goal})`}`,
    );
  }
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
