import { beforeAll, describe, it } from 'vitest';
import { missingGo } from '../lib/cluster/go.ts';
import { buildTool } from '../lib/cluster/toolchain.ts';
import { type GoTool, moduleFolder } from '../lib/cluster/tools.ts';

/** Small tools: a first build downloads a dozen modules and compiles them in 15 s on two cores. */
const BUILD_TIMEOUT_MS = 300_000;

/** A suite that needs a Go tool. Where Go is missing it is skipped and says so; with CI=true it fails. */
export function describeWithTool(title: string, tool: GoTool, suite: () => void): void {
  const missing = missingGo(moduleFolder(tool.name));
  if (missing === undefined) {
    describe(title, () => {
      beforeAll(async () => void (await buildTool(tool, () => {})), BUILD_TIMEOUT_MS);
      suite();
    });
  } else if (process.env.CI === 'true') {
    describe(title, () => it(missing, () => Promise.reject(new Error(missing))));
  } else {
    process.stderr.write(`${title}: skipped, ${missing}\n`);
    describe.skip(title, suite);
  }
}
