import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { nodeClaimsOf, nodesOf } from '../../lib/cluster/demo/seen.ts';
import { stopProcess } from '../../lib/cluster/process.ts';
import { clusterFolder, readState } from '../../lib/cluster/state.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { JOB_TEMPLATE, KARPENTER } from '../../lib/cluster/tools.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { inManagedGroup } from '../nodes/in-managed-group.ts';
import {
  amounts,
  instanceType,
  modelled,
  nodesOfPool,
  plain,
  planned,
  poolOf,
  untilNoNodeOfKarpenter,
} from './cluster-nodes.ts';
import { LOOPBACK, listenAddresses } from './listeners.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { bundleOfInput, prodInput, setIdleTime, startWithKarpenter } from './prod-on-karpenter.ts';
import { eventually, list, read } from './requests.ts';
import { nodesOfGroup } from './same-node.ts';
import { profileOf, renderedJob, type Session, start } from './sessions.ts';
import { type NodePoolSpec, strangers, verdictOfKarpenter } from './strangers.ts';

const CLUSTER = 'karpenter';
/** The cheapest type of its pool that a session of the profile fits, DaemonSets included. */
const EXPECTED_TYPE = {
  'gpu-small': 'g6.xlarge',
  'gpu-medium': 'g5.4xlarge',
  'gpu-large': 'g5.12xlarge',
  course: 'g4dn.xlarge',
  'train-a100': 'p4d.24xlarge',
  'train-rtx6000': 'g7e.8xlarge',
  'gpu-sliced': 'g4dn.xlarge',
} as const;
const GPU_PROFILES = Object.keys(EXPECTED_TYPE) as (keyof typeof EXPECTED_TYPE)[];

interface WithConditions {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const isReady = ({ status }: WithConditions): boolean =>
  status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;

describeWithClusters('GPU sessions on nodes of the real Karpenter (PROVE-5)', () => {
  let client: ApiClient;
  let bundle: Bundle;
  let platform: Platform;
  const sessions: Record<string, Session> = {};

  const startProfile = (profile: string, id: string): Promise<Session> =>
    start(client, platform, profile, renderedJob(platform, profileOf(platform, profile), id));
  const objects = async (path: string): Promise<readonly WithConditions[]> =>
    (await list(client, path)) as readonly unknown[] as readonly WithConditions[];
  const claims = async (): Promise<readonly string[]> =>
    (await nodeClaimsOf(client)).map(({ metadata }) => metadata.name).sort();

  beforeAll(async () => {
    for (const tool of [KARPENTER, JOB_TEMPLATE]) {
      await buildTool(tool, (line) => void process.stderr.write(`${line}\n`));
    }
    bundle = bundleOfInput(await prodInput());
    platform = bundle.platform;
    client = await startWithKarpenter(CLUSTER, bundle);
  });
  afterAll(() => client?.close());

  it.each([
    ['EC2NodeClass', '/apis/karpenter.k8s.aws/v1/ec2nodeclasses', 8],
    ['NodePool', '/apis/karpenter.sh/v1/nodepools', 3],
    ['NodeOverlay', '/apis/karpenter.sh/v1alpha1/nodeoverlays', 2],
  ])(
    'GIVEN prod WHEN Karpenter has looked at it and at AWS THEN every %s is ready in every respect',
    async (kind, path, conditions) => {
      const found = await eventually(
        () => objects(path),
        (all) => all.every(isReady),
      );
      const expected = bundle.objects.flatMap(({ manifest }) => (manifest.kind === kind ? manifest.metadata.name : []));
      expect(found.map(({ metadata }) => metadata.name).sort()).toEqual(expected.sort());
      for (const { metadata, status } of found) {
        // NodePools learn whether nodes register only from nodes.
        const known = (status?.conditions ?? []).filter(({ type }) => type !== 'NodeRegistrationHealthy');
        expect([metadata.name, known.filter(({ status: value }) => value !== 'True')]).toEqual([metadata.name, []]);
        expect([metadata.name, known.length]).toEqual([metadata.name, conditions]);
      }
    },
  );

  it.runIf(process.platform === 'linux')(
    'GIVEN all processes WHEN their sockets are looked at THEN each listens, and on 127.0.0.1 only',
    () => {
      const processes = readState(clusterFolder(CLUSTER))?.processes ?? [];
      expect(processes.map(({ name }) => name)).toEqual(expect.arrayContaining(['aws-forwarder', 'karpenter', 'moto']));
      for (const { name, pid } of processes) {
        const addresses = listenAddresses(pid);
        expect([name, addresses]).toEqual([name, addresses.map(() => LOOPBACK)]);
        expect([name, addresses.length > 0]).toEqual([name, true]);
      }
    },
  );

  it('GIVEN no GPU node WHEN a session of each GPU profile is asked for THEN each gets the cheapest node that fits, with labels, taints and allocatable of its pool (NODE-1, NODE-3, NODE-5)', async () => {
    // Two profiles share a pool: asked for together, the smaller session may take the larger one's node, if that is ready
    // first, and Karpenter launches another one.
    const first = GPU_PROFILES.filter((profile) => profile !== 'gpu-large');
    for (const wave of [first, ['gpu-large']]) {
      for (const profile of wave) sessions[profile] = await startProfile(profile, `up-${profile}`);
      for (const profile of wave) await sessions[profile]?.running();
    }
    for (const profile of GPU_PROFILES) {
      const pod = await sessions[profile]?.running();
      const pool = poolOf(platform, profileOf(platform, profile).pool);
      const node = (await nodesOf(client)).find(({ metadata }) => metadata.name === pod?.spec.nodeName);
      if (node === undefined) throw new Error(`${profile} runs on no node`);
      const type = EXPECTED_TYPE[profile];
      expect([profile, instanceType(node)]).toEqual([profile, type]);
      expect(node.metadata.labels).toMatchObject(pool.labels);
      expect(plain(node).taints).toEqual(
        pool.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).sort(),
      );
      // What Karpenter works out from the node class and EC2's own figures is what the model says; the node follows it.
      const claim = (await nodeClaimsOf(client)).find(({ status }) => status?.nodeName === node.metadata.name);
      expect([type, claim && planned(claim)]).toEqual([type, modelled(pool, type)]);
      expect([type, amounts(node.status.allocatable)]).toEqual([type, modelled(pool, type)]);
    }
    expect(await claims()).toHaveLength(GPU_PROFILES.length);
  });

  it('GIVEN the nodes that Karpenter launched WHEN cluster-autoscaler imagines them and a group starts them THEN all have the same labels, taints and allocatable, but for the pods that EKS allows (NODE-2)', async () => {
    const input = await prodInput();
    for (const profile of GPU_PROFILES) {
      const pool = poolOf(platform, profileOf(platform, profile).pool);
      const node = (await nodesOfPool(client, pool.name)).find((each) => instanceType(each) === EXPECTED_TYPE[profile]);
      if (node === undefined) throw new Error(`${pool.name} has no node`);
      const launched = plain(node);
      const zone = launched.labels['topology.kubernetes.io/zone'] ?? '';
      const group = nodesOfGroup(input, pool.name, instanceType(node), zone);
      const shared = [
        ...Object.keys(pool.labels),
        'kubernetes.io/arch',
        'kubernetes.io/os',
        'node.kubernetes.io/instance-type',
        'topology.kubernetes.io/region',
        'topology.kubernetes.io/zone',
      ];
      for (const other of [group.imagined, group.joined]) {
        expect([pool.name, other.taints]).toEqual([pool.name, launched.taints]);
        expect([pool.name, other.allocatable]).toEqual([pool.name, inManagedGroup(launched.allocatable)]);
        for (const key of shared)
          expect([pool.name, key, other.labels[key]]).toEqual([pool.name, key, launched.labels[key]]);
      }
    }
  });

  it('GIVEN GPU nodes with room WHEN pods without toleration, with a wrong constraint or of a CPU profile are asked for THEN none lands on a GPU node and none makes one (NODE-1)', async () => {
    const before = await claims();
    const stranded = await strangers(client, platform);
    for (const pod of stranded) expect(await verdictOfKarpenter(client, pod)).toContain('Failed to schedule pod');
    const cpu = await startProfile('medium', 'cpu');
    const { nodeName } = (await cpu.running()).spec;
    expect((await nodesOfPool(client, 'cpu')).map(({ metadata }) => metadata.name)).toEqual([nodeName]);
    const made = (await nodeClaimsOf(client)).filter(({ metadata }) => !before.includes(metadata.name));
    expect(made.map(({ metadata }) => metadata.labels?.['karpenter.sh/nodepool'])).toEqual(['cpu']);
    for (const pod of stranded) expect(await pod.nodeName()).toBeUndefined();
    for (const pod of stranded) await pod.remove();
    await cpu.end();
  });

  it('GIVEN sessions on GPU nodes WHEN all of them end THEN every node goes after its idle time (NODE-3)', async () => {
    for (const { metadata, spec } of (await list(
      client,
      '/apis/karpenter.sh/v1/nodepools',
    )) as readonly unknown[] as readonly NodePoolSpec[]) {
      const pool = poolOf(platform, metadata.name);
      expect(spec.disruption.consolidateAfter).toBe(pool.spec.disruption.idleAfter === 300 ? '5m' : '2m');
      await setIdleTime(client, metadata.name, '1s');
    }
    // Nothing goes while somebody works there.
    const working = await claims();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await claims()).toEqual(working);
    for (const session of Object.values(sessions)) await session.end();
    await untilNoNodeOfKarpenter(client);
  });

  it('GIVEN a Karpenter that was killed WHEN the cluster is started again and the demo is run THEN the session gets its node, which goes again, and the idle time is what it was (NODE-3)', async () => {
    const killed = readState(clusterFolder(CLUSTER))?.processes.find(({ name }) => name === 'karpenter');
    if (killed === undefined) throw new Error('Karpenter does not run');
    process.kill(killed.pid, 'SIGKILL');
    await stopProcess(killed, 0);
    expect((await startCluster(CLUSTER, silent)).started).toBe(true);

    const idle = async (): Promise<string | undefined> =>
      (await read<NodePoolSpec>(client, '/apis/karpenter.sh/v1/nodepools/gpu-l4'))?.spec.disruption.consolidateAfter;
    await setIdleTime(client, 'gpu-l4', '7m');
    const demo = ['cluster', 'demo', 'prod', '--name', CLUSTER, '--profile', 'gpu-small', '--idle', '1'];
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(packageRoot, 'bin/atelier.js'), ...demo], {
      encoding: 'utf8',
    });
    expect([status, stderr.includes('error')]).toEqual([0, false]);
    const told = [
      'demo .*1s instead of 7m',
      'session .*nvidia.com/gpu: 1',
      'scheduler .*Pending: ',
      'g6.xlarge, on-demand',
      'joins, closed until its agents take ebs',
      'is open for pods: .*nvidia.com/gpu: 1',
      'session .*runs on kwok-',
      'session .*ended',
      'is gone',
      '✓ 0 → 1 → 0 nodes in pool gpu-l4',
    ];
    expect(stdout).toMatch(new RegExp(told.join('.*'), 's'));
    expect(await idle()).toBe('7m');
    expect(await claims()).toEqual([]);
  });
});
