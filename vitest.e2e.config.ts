import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/closing-line.ts';

/** The first run builds a control plane: 5 minutes on two cores, downloads not counted. */
const COLD_BUILD_MS = 60 * 60_000;

export default defineConfig({
  resolve: { alias: { atelier: fileURLToPath(new URL('./lib/index.ts', import.meta.url)) } },
  test: {
    include: ['test/e2e/**/*.test.ts'],
    // One control plane at a time fits a small machine.
    fileParallelism: false,
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: COLD_BUILD_MS,
    reporters: ['verbose', new ClosingLine()],
  },
});
