import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { stopCluster } from '../../lib/cluster/down.ts';
import { missingGo } from '../../lib/cluster/go.ts';
import { type ClusterOptions, listClusters } from '../../lib/cluster/state.ts';
import { KUBERNETES, moduleFolder } from '../../lib/cluster/tools.ts';
import { startCluster } from '../../lib/cluster/up.ts';

export const silent = (): void => {};

/**
 * A suite that runs clusters in a folder of its own, which is removed with all that runs in it. Where Go is missing it
 * is skipped and says so; with CI=true it fails, as it does where the control plane could not be built.
 */
export function describeWithClusters(title: string, suite: () => void): void {
  const missing = missingGo(moduleFolder(KUBERNETES.name));
  const failure = (process.env.CI === 'true' ? missing : undefined) ?? inject('controlPlaneFailure');
  if (failure !== undefined) {
    describe(title, () => it('has a control plane', () => Promise.reject(new Error(failure))));
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
    beforeAll(() => {
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
