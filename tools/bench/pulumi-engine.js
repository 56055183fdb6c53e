import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const TENANTS = 2000;

/** Where time and memory of a command went. */
function describe(environment, resources, name, { seconds, program, engine, providers }) {
  const part = (what, { seconds: wall, busySeconds, cpuSeconds, megabytes }) =>
    `${what} ${(busySeconds ?? wall).toFixed(1)} s (CPU ${cpuSeconds.toFixed(1)} s${megabytes ? `, ${(megabytes / 1024).toFixed(2)} GiB` : ''})`;
  const parts = [part('program', program), part('providers', providers), part('engine', engine)];
  console.log(`${environment}, ${resources} resources, ${name}: ${seconds.toFixed(1)} s; ${parts.join(', ')}`);
}

/**
 * `pulumi preview` and `up` of production, and of 2,000 tenants, on the real engine with stand-ins for providers, as the
 * end-to-end test measures them; only where the CLI is built, because building it takes minutes.
 */
export function pulumiEngine(root, folder) {
  const skipped = (why) => {
    console.log(`pulumi-preview: skipped, ${why}`);
    return [];
  };
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  if (!existsSync(join(cache, 'atelier', 'tools', 'pulumi'))) {
    return skipped('Pulumi is not built yet: "npm run e2e -- test/e2e/pulumi-speed.test.ts" builds it');
  }
  const report = join(folder, 'pulumi.json');
  const env = { ...process.env, ATELIER_PULUMI_TENANTS: String(TENANTS), ATELIER_PULUMI_REPORT: report };
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--config', 'vitest.e2e.config.ts', 'test/e2e/pulumi-speed.test.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the test of Pulumi's speed failed: ${stdout}\n${stderr}`);
  if (!existsSync(report)) return skipped('Go is missing');
  const { prod, tenants } = JSON.parse(readFileSync(report, 'utf8'));
  const names = { first: 'first preview', up: 'up', second: 'preview without changes' };
  for (const [environment, { resources, runs }] of Object.entries({ prod, [`${TENANTS} tenants`]: tenants })) {
    for (const [run, times] of Object.entries(runs)) describe(environment, resources, names[run], times);
  }
  const memory = (name, megabytes, goal) => ({ name, value: megabytes / 1024, unit: 'GiB', ...(goal && { goal }) });
  const time = (name, value, goal) => ({ name, value, unit: 's', ...(goal && { goal }) });
  // Of the processor: on a busy machine the clock tells of others.
  const cpu = (name, { cpuSeconds }, goal) => ({ ...time(name, cpuSeconds, goal), unit: 's CPU' });
  const { second } = prod.runs;
  const large = tenants.runs.second;
  return [
    time('pulumi-first-preview-seconds', prod.runs.first.seconds),
    time('pulumi-preview-seconds', second.seconds),
    cpu('pulumi-preview-program', second.program, 5),
    cpu('pulumi-preview-engine', second.engine),
    time('pulumi-preview-providers', second.providers.seconds),
    memory('pulumi-preview-memory', second.program.megabytes, 1),
    time('pulumi-preview-2k-seconds', large.seconds),
    cpu('pulumi-preview-2k-program', large.program),
    cpu('pulumi-preview-2k-engine', large.engine),
    memory('pulumi-preview-2k-memory', large.program.megabytes, 1),
    memory('pulumi-preview-2k-engine-memory', large.engine.megabytes),
  ];
}
