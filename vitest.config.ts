import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/closing-line.ts';

export default defineConfig({
  resolve: { alias: { atelier: fileURLToPath(new URL('./lib/index.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // Suites share nothing they could change; importing cdk8s once per worker instead of once per file halves the time.
    isolate: false,
    // Left alone, vitest keeps one of two cores for itself.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 180_000,
    reporters: ['default', new ClosingLine()],
  },
});
