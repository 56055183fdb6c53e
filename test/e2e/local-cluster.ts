import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { stopCluster } from '../../lib/cluster/down.ts';
import { missingGo } from '../../lib/cluster/go.ts';
import { type ClusterOptions, listClusters } from '../../lib/cluster/state.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { ETCD, KUBERNETES, KWOK, moduleFolder } from '../../lib/cluster/tools.ts';
import { startCluster } from '../../lib/cluster/up.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
export const silent = (): void => {};

/**
 * A suite that runs clusters in a folder of its own, which is removed with all that runs in it. Where Go is missing it
 * is skipped and says so; with CI=true it fails.
 */
export function describeWithClusters(title: string, suite: () => void): void {
  const missing = missingGo(moduleFolder(KUBERNETES.name));
  if (missing !== undefined && process.env.CI === 'true') {
    describe(title, () => it(missing, () => Promise.reject(new Error(missing))));
    return;
  }
  if (missing !== undefined) {
    process.stderr.write(`${title}: skipped, ${missing}\n`);
    describe.skip(title, suite);
    return;
  }
  describe(title, () => {
    let folder = '';
    const before = process.env.XDG_STATE_HOME;
    beforeAll(async () => {
      for (const tool of [ETCD, KUBERNETES, KWOK]) await buildTool(tool, say);
      folder = mkdtempSync(join(tmpdir(), 'atelier-e2e-'));
      process.env.XDG_STATE_HOME = folder;
    });
    afterAll(async () => {
      for (const name of listClusters()) await stopCluster(name, false);
      if (before === undefined) delete process.env.XDG_STATE_HOME;
      else process.env.XDG_STATE_HOME = before;
      rmSync(folder, { recursive: true, force: true });
    });
    suite();
  });
}

/** Does something with a fresh cluster, which is gone afterwards. */
export async function withCluster<T>(
  name: string,
  work: (client: ApiClient) => Promise<T>,
  options: Partial<ClusterOptions> = {},
): Promise<T> {
  await startCluster(name, silent, options);
  try {
    const client = await connectToCluster(name);
    try {
      return await work(client);
    } finally {
      client.close();
    }
  } finally {
    await stopCluster(name, false);
  }
}
