import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/closing-line.ts';
import { LongestFirst } from './test/e2e/longest-first.ts';

/** A file that is run by itself builds what its controllers need. */
const COLD_BUILD_MS = 60 * 60_000;
/** A control plane with all controllers takes 2 GB, and most of the time the tests wait. */
const CLUSTERS_SIDE_BY_SIDE = 3;

export default defineConfig({
  resolve: { alias: { atelier: fileURLToPath(new URL('./lib/index.ts', import.meta.url)) } },
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/build-tools.ts'],
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    maxWorkers: CLUSTERS_SIDE_BY_SIDE,
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: COLD_BUILD_MS,
    reporters: ['verbose', new ClosingLine()],
  },
});
