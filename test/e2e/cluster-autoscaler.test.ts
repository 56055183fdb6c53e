import { beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { applyEnvironment } from '../../lib/cluster/apply-environment.ts';
import { stopProcess } from '../../lib/cluster/process.ts';
import { clusterFolder, readState } from '../../lib/cluster/state.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { JOB_TEMPLATE } from '../../lib/cluster/tools.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { instanceType, modelled, nodesOfPool, plain, poolOf } from './cluster-nodes.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { bundleOfInput } from './prod-on-karpenter.ts';
import { eventually } from './requests.ts';
import { profileOf, renderedJob, start } from './sessions.ts';

const CLUSTER = 'autoscaler';
const TITLE = 'GPU sessions on nodes of the real cluster-autoscaler (NODE-2, NODE-3)';
const GPU_PROFILES = ['gpu-small', 'gpu-shared'] as const;

/** staging, looked at every 2 s, its nodes gone after 10 s. */
async function hastyStaging(): Promise<Bundle> {
  const input = (await loadEnvironment('staging')).input as EnvironmentInput;
  const nodePools = input.nodePools.map((pool) => ({ ...pool, disruption: { ...pool.disruption, idleAfter: '10s' } }));
  const autoscaler = { kind: 'cluster-autoscaler', scanInterval: '2s' } as const;
  return bundleOfInput({ ...input, nodePools, autoscaler } as EnvironmentInput);
}

function suite(): void {
  let client: ApiClient;
  let bundle: Bundle;

  beforeAll(async () => {
    await buildTool(JOB_TEMPLATE, silent);
    bundle = await hastyStaging();
    await startCluster(CLUSTER, silent);
    await applyEnvironment(CLUSTER, bundle, silent, ['nodes', 'cluster-autoscaler']);
    client = await connectToCluster(CLUSTER);
  });

  const fromNothingToNothing = async (profile: string): Promise<void> => {
    const { platform } = bundle;
    const pool = poolOf(platform, profileOf(platform, profile).pool);
    expect(await nodesOfPool(client, pool.name)).toEqual([]);
    const session = await start(
      client,
      platform,
      profile,
      renderedJob(platform, profileOf(platform, profile), profile),
    );
    const { nodeName } = (await session.running()).spec;
    const [node, ...others] = await nodesOfPool(client, pool.name);
    expect([node?.metadata.name, others]).toEqual([nodeName, []]);
    if (node === undefined) throw new Error('no node');
    const { labels, taints, allocatable } = plain(node);
    expect(labels).toMatchObject(pool.labels);
    expect(taints).toEqual(pool.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).sort());
    expect(allocatable).toEqual(modelled(pool, instanceType(node)));
    await session.end();
    const left = await eventually(
      () => nodesOfPool(client, pool.name),
      (nodes) => nodes.length === 0,
    );
    expect(left).toEqual([]);
  };

  it.each(GPU_PROFILES)(
    'GIVEN an empty group WHEN a session of %s is asked for THEN one node comes, as its tags promise, and goes again',
    fromNothingToNothing,
    300_000,
  );

  it('GIVEN a cluster-autoscaler that was killed WHEN the cluster is started again THEN it still knows the empty group', async () => {
    const killed = readState(clusterFolder(CLUSTER))?.processes.find(({ name }) => name === 'cluster-autoscaler');
    if (killed === undefined) throw new Error('cluster-autoscaler does not run');
    await stopProcess(killed, 0);
    await startCluster(CLUSTER, silent);
    await fromNothingToNothing('gpu-small');
  }, 300_000);
}

if (process.env.ATELIER_CLUSTER_AUTOSCALER) describeWithClusters(TITLE, suite);
else {
  process.stderr.write(`${TITLE}: skipped, ATELIER_CLUSTER_AUTOSCALER names no binary of cluster-autoscaler\n`);
  describe.skip(TITLE, suite);
}
