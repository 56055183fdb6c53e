import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { applyEnvironment } from '../../lib/cluster/apply-environment.ts';
import { nodesOf } from '../../lib/cluster/demo/seen.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { JOB_TEMPLATE } from '../../lib/cluster/tools.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { modelled, nodesOfPool, plain, poolOf } from './cluster-nodes.ts';
import { bundleOf } from './environments.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { profileOf, renderedJob, type Session, start } from './sessions.ts';

const CLUSTER = 'static';
const GPU_PROFILES = ['gpu-shared', 'mig-small', 'mig-medium', 'mig-large'] as const;

describeWithClusters('machines that exist, without an autoscaler (NODE-2)', () => {
  let client: ApiClient;
  let bundle: Bundle;
  let platform: Platform;

  beforeAll(async () => {
    await buildTool(JOB_TEMPLATE, silent);
    bundle = await bundleOf('onprem');
    platform = bundle.platform;
    await startCluster(CLUSTER, silent);
    await applyEnvironment(CLUSTER, bundle, silent, ['nodes']);
    client = await connectToCluster(CLUSTER);
  });
  afterAll(() => client?.close());

  it('GIVEN onprem WHEN it is applied THEN every machine is a node with labels, taints, and allocatable of its pool, MIG devices included', async () => {
    for (const { name, spec } of platform.pools) {
      if (spec.capacity.kind !== 'static') throw new Error(`${name} is not static`);
      const pool = poolOf(platform, name);
      const nodes = await nodesOfPool(client, name);
      expect(nodes.map(({ metadata }) => metadata.name).sort()).toEqual([...spec.capacity.nodes].sort());
      for (const node of nodes.map(plain)) {
        expect(node.labels).toMatchObject(pool.labels);
        expect(node.taints).toEqual(pool.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).sort());
        expect(node.allocatable).toEqual(modelled(pool, name));
      }
    }
    expect(plain((await nodesOfPool(client, 'a100'))[0] ?? fail()).allocatable).toMatchObject({
      'nvidia.com/mig-1g.5gb': 16,
      'nvidia.com/mig-2g.10gb': 8,
      'nvidia.com/mig-3g.20gb': 8,
    });
  });

  it('GIVEN sessions of every GPU profile WHEN they are asked for THEN each runs on a machine of its pool and no machine is added', async () => {
    const before = (await nodesOf(client)).map(({ metadata }) => metadata.name).sort();
    const sessions: Session[] = [];
    for (const name of GPU_PROFILES) {
      sessions.push(await start(client, platform, name, renderedJob(platform, profileOf(platform, name), name)));
    }
    for (const session of sessions) {
      const { pool, gpu } = profileOf(platform, session.profile);
      const { spec } = await session.running();
      expect((await nodesOfPool(client, pool)).map(({ metadata }) => metadata.name)).toContain(spec.nodeName);
      expect(spec.containers[0]?.resources?.requests?.[gpu?.resource ?? '']).toBe('1');
    }
    for (const session of sessions) await session.end();
    expect((await nodesOf(client)).map(({ metadata }) => metadata.name).sort()).toEqual(before);
  });

  it('GIVEN no autoscaler WHEN the demo is run THEN the session lands on a machine that is there', () => {
    const demo = ['cluster', 'demo', 'onprem', '--name', CLUSTER, '--profile', 'mig-small'];
    const { stdout, status } = spawnSync(process.execPath, [join(packageRoot, 'bin/atelier.js'), ...demo], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /nvidia\.com\/mig-1g\.5gb: 1.*runs on dgx-0[12].*✓ the session waited .* on a node of pool a100 that was there\./s,
    );
  });
});

function fail(): never {
  throw new Error('no node');
}
