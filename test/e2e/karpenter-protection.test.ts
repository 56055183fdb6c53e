import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { nodeClaimsOf } from '../../lib/cluster/demo/seen.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { JOB_TEMPLATE, KARPENTER } from '../../lib/cluster/tools.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { bundleOfInput, prodInput, startWithKarpenter } from './prod-on-karpenter.ts';
import { eventually, list, patch } from './requests.ts';
import { profileOf, renderedJob, type Session, start } from './sessions.ts';
import { CILIUM, openNodes, whileClosed } from './slow-agent.ts';
import { strangers, verdictOfKarpenter } from './strangers.ts';

const CLUSTER = 'protection';
const PROTECTED = ['gpu-small', 'gpu-large', 'medium'] as const;
const nodePool = (name: string): string => `/apis/karpenter.sh/v1/nodepools/${name}`;

describeWithClusters('what Karpenter may do to running and to waiting sessions', () => {
  let client: ApiClient;
  let platform: Platform;

  const startProfile = (profile: string, id: string): Promise<Session> =>
    start(client, platform, profile, renderedJob(platform, profileOf(platform, profile), id));
  const change = async (pool: string, spec: object): Promise<void> => {
    const answer = await patch(client, nodePool(pool), { spec } as never);
    if (answer.status >= 300) throw new Error(answer.message);
  };

  beforeAll(async () => {
    for (const tool of [KARPENTER, JOB_TEMPLATE]) {
      await buildTool(tool, (line) => void process.stderr.write(`${line}\n`));
    }
    const bundle = bundleOfInput(await prodInput());
    platform = bundle.platform;
    client = await startWithKarpenter(CLUSTER, bundle);
  });
  afterAll(() => client?.close());

  it('GIVEN protected sessions and one that is not WHEN Karpenter consolidates and replaces drifted nodes at will THEN it evicts the one and none of the others (NODE-8)', async () => {
    const sessions = await Promise.all(
      [...PROTECTED, 'batch'].map((profile) => startProfile(profile, `storm-${profile}`)),
    );
    const before = new Map<string, string>();
    for (const session of sessions) before.set(session.profile, (await session.running()).metadata.uid);
    const batch = sessions.find(({ profile }) => profile === 'batch');
    for (const { name } of platform.pools.filter(({ spec }) => spec.role !== 'system')) {
      await change(name, {
        // Everything that keeps Karpenter from disrupting is taken away; a new label makes every node drift.
        disruption: {
          consolidationPolicy: 'WhenEmptyOrUnderutilized',
          consolidateAfter: '0s',
          budgets: [{ nodes: '100%' }],
        },
        template: { metadata: { labels: { 'example.com/generation': '2' } } },
      });
    }
    const evicted = await eventually(
      async () => (await batch?.pods()) ?? [],
      (pods) => !pods.some(({ metadata }) => metadata.uid === before.get('batch')),
    );
    expect(evicted.map(({ metadata }) => metadata.uid)).not.toContain(before.get('batch'));
    // Karpenter looks for something to disrupt every 10 s; it gets two more chances.
    await sleep(20_000);
    for (const session of sessions.filter(({ profile }) => profile !== 'batch')) {
      const pods = await session.pods();
      expect([session.profile, pods.map(({ metadata }) => metadata.uid)]).toEqual([
        session.profile,
        [before.get(session.profile)],
      ]);
      expect([session.profile, pods[0]?.status.phase]).toEqual([session.profile, 'Running']);
    }
    const events = await list(client, '/api/v1/events?fieldSelector=reason%3DEvicted');
    const names = events.map(({ involvedObject }) => (involvedObject as { readonly name: string }).name);
    expect(names.filter((name) => PROTECTED.some((profile) => name.includes(`storm-${profile}`)))).toEqual([]);
    for (const session of sessions) await session.end();
  });

  it('GIVEN an agent that closes new nodes until it is ready WHEN its taint is a startup taint THEN one node is launched, and WHEN it is not THEN more than are needed (NODE-4)', async () => {
    const declared = profileOf(platform, 'course');
    const forgotten = profileOf(platform, 'train-rtx6000');
    // The API takes no empty value.
    const own = platform.environment.startupTaints.map(({ value, ...rest }) =>
      value === '' ? rest : { ...rest, value },
    );
    await change(declared.pool, { template: { spec: { startupTaints: [...own, CILIUM] } } });
    const sessions = [await startProfile('course', 'declared'), await startProfile('train-rtx6000', 'forgotten')];
    const pools = [declared.pool, forgotten.pool];
    const most = await whileClosed(client, pools, 20, (seen) => (seen.get(forgotten.pool) ?? 0) > 1);
    expect(most.get(forgotten.pool)).toBeGreaterThan(1);
    expect(most.get(declared.pool)).toBe(1);
    // Neither session could start on a closed node.
    for (const session of sessions) expect((await session.pods())[0]?.status.phase).toBe('Pending');
    await openNodes(client, pools);
    await sessions[0]?.running();
    for (const session of sessions) await session.end();
  });

  it('GIVEN an API server that adds no toleration by itself WHEN sessions and strangers are asked for THEN it is as with it (NODE-1)', async () => {
    client.close();
    await startCluster(CLUSTER, silent, { extendedResourceToleration: false });
    client = await connectToCluster(CLUSTER);
    const before = new Set((await nodeClaimsOf(client)).map(({ metadata }) => metadata.name));
    const stranded = await strangers(client, platform);
    const gpu = await startProfile('train-a100', 'tolerant');
    for (const pod of stranded) expect(await verdictOfKarpenter(client, pod)).toContain('Failed to schedule pod');
    const { nodeName } = (await gpu.running()).spec;
    const made = (await nodeClaimsOf(client)).filter(({ metadata }) => !before.has(metadata.name));
    expect(made.map(({ status }) => status?.nodeName)).toEqual([nodeName]);
    for (const pod of stranded) expect(await pod.nodeName()).toBeUndefined();
  });
});
