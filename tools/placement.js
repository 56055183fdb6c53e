// Asks the real kube-scheduler and the model in lib/scheduling about random pods, and compares: npm run placement -- CASES [SEED]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [cases = '10000', seed, ...more] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(cases) || (seed !== undefined && !/^\d+$/.test(seed)) || more.length > 0) {
  console.error('Usage: npm run placement -- CASES [SEED]; both are whole numbers, CASES at least 1 (default 10000).');
  process.exit(2);
}
const env = { ...process.env, ATELIER_PLACEMENT_CASES: cases, ...(seed && { ATELIER_PLACEMENT_SEED: seed }) };
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const args = [vitest, 'run', '--config', 'vitest.e2e.config.ts', 'test/e2e/placement.test.ts'];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.exit(spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1);
