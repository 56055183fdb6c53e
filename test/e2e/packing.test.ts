import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle, Manifest } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { applyBundle } from '../../lib/cluster/apply.ts';
import type { SeenPod } from '../../lib/cluster/demo/seen.ts';
import { unschedulable } from '../../lib/cluster/demo/seen.ts';
import { isRunning } from '../../lib/cluster/process.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { sessionDemand } from '../../lib/model/pod-demands.ts';
import { demandedPod } from '../../lib/scheduling/demanded-pod.ts';
import { bundleOf, withOutcome } from './environments.ts';
import { listenAddresses } from './listeners.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { joinPoolNodes } from './pool-nodes.ts';
import { create, eventually, list, read, remove } from './requests.ts';
import { SCHEDULER, type SecondScheduler, schedulerBundle, withSecondScheduler } from './second-scheduler.ts';
import { profileOf } from './sessions.ts';

const CLUSTER = 'packing';
const PODS = '/api/v1/namespaces/default/pods';
const NODES = 6;
/** Sessions that begin in each hour of a day; the nodes have room for all that run at a time. */
const ARRIVALS = [6, 3, 2, 4, 0, 3, 1, 5, 2, 0, 1, 0];
const hoursOf = (session: number): number => 1 + ((session * 5) % 4);

/** A node takes two sessions of 24 GB, or three of 14 CPU and one of its four GPUs. */
const CASES = [
  { profile: 'batch', type: 'c7i.8xlarge', perNode: 2 },
  { profile: 'gpu-medium', type: 'g5.12xlarge', perNode: 3 },
] as const;

describeWithClusters('packing on the real kube-scheduler (NODE-6)', () => {
  let client: ApiClient;
  let bundle: Bundle;

  beforeAll(async () => {
    bundle = await bundleOf('prod');
    await startCluster(CLUSTER, silent);
    client = await connectToCluster(CLUSTER);
    const applied = await applyBundle(client, schedulerBundle(bundle), silent);
    expect(withOutcome(applied, 'refused', 'unknown')).toEqual([]);
    for (const { profile, type } of CASES) {
      const names = Array.from({ length: NODES }, (_, index) => `${profile}-${index + 1}`);
      await joinPoolNodes(client, bundle.platform, profileOf(bundle.platform, profile).pool, type, names);
    }
  });
  afterAll(() => client?.close());

  const withScheduler = <T>(work: (scheduler: SecondScheduler) => Promise<T>): Promise<T> =>
    withSecondScheduler(CLUSTER, bundle, work);

  /** The pod of a session; `own` replaces what it asks for or where it may go. */
  function pod(profile: string, name: string, schedulerName: string, own: object = {}): Manifest {
    const { spec } = demandedPod(sessionDemand(profileOf(bundle.platform, profile)));
    const containers = spec.containers.map((each) => ({ ...each, image: 'none' }));
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { ...spec, schedulerName, containers, terminationGracePeriodSeconds: 0, ...own },
    } as unknown as Manifest;
  }

  const pods = async (): Promise<readonly SeenPod[]> =>
    (await list(client, PODS)) as readonly unknown[] as readonly SeenPod[];
  const begin = async (profile: string, name: string, scheduler: string, own?: object): Promise<void> => {
    const { status, message } = await create(client, pod(profile, name, scheduler, own));
    if (status !== 201) throw new Error(message);
  };
  const end = async (name: string): Promise<void> => {
    const { status, message } = await remove(client, `${PODS}/${name}?gracePeriodSeconds=0`);
    if (status !== 200) throw new Error(message);
  };
  /** The nodes with a pod, once all pods have a node. */
  async function occupied(): Promise<number> {
    const placed = await eventually(pods, (all) => all.every(({ spec }) => spec.nodeName !== undefined));
    expect(placed.flatMap((each) => (each.spec.nodeName ? [] : [unschedulable(each)]))).toEqual([]);
    return new Set(placed.map(({ spec }) => spec.nodeName)).size;
  }

  /** How many nodes have a session in each hour of the day. */
  async function day(profile: string, scheduler: string): Promise<readonly number[]> {
    const nodes: number[] = [];
    const running = new Map<string, number>();
    let sessions = 0;
    for (const [hour, arrivals] of ARRIVALS.entries()) {
      for (const [name, last] of running) {
        if (last > hour) continue;
        await end(name);
        running.delete(name);
      }
      for (let each = 0; each < arrivals; each += 1) {
        const name = `${scheduler}-${profile}-${sessions}`;
        await begin(profile, name, scheduler);
        running.set(name, hour + hoursOf(sessions));
        sessions += 1;
      }
      nodes.push(await occupied());
    }
    for (const name of running.keys()) await end(name);
    return nodes;
  }

  it.each(CASES)(
    'GIVEN equal nodes WHEN the same sessions of $profile come and go under both schedulers THEN those that name the second need fewer nodes',
    async ({ profile, perNode }) => {
      const spread = await day(profile, 'default-scheduler');
      const packed = await withScheduler(() => day(profile, SCHEDULER.name));
      const [first = 0] = ARRIVALS;
      expect([packed[0], spread[0]]).toEqual([Math.ceil(first / perNode), Math.min(first, NODES)]);
      const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);
      const ratio = sum(packed) / sum(spread);
      process.stderr.write(
        `${profile}: ${first} sessions on ${packed[0]} nodes packed, ${spread[0]} by default; ` +
          `a day of sessions ${sum(packed)} and ${sum(spread)} node-hours, ratio ${ratio.toFixed(2)}\n`,
      );
      expect(ratio).toBeLessThan(0.85);
    },
  );

  it('GIVEN one session with one GPU for every node WHEN one with four comes THEN it has a node where they were packed, and none where they were not', async () => {
    const outcome = async (scheduler: string): Promise<'runs' | 'waits'> => {
      const names = Array.from({ length: NODES }, (_, index) => `one-${index}`);
      for (const name of names) await begin('gpu-medium', name, scheduler);
      await occupied();
      await begin('gpu-large', 'four', scheduler);
      const four = await eventually(
        () => read<SeenPod>(client, `${PODS}/four`),
        (seen) => seen !== undefined && (seen.spec.nodeName !== undefined || unschedulable(seen) !== undefined),
      );
      for (const name of [...names, 'four']) await end(name);
      if (four?.spec.nodeName !== undefined) return 'runs';
      expect(four && unschedulable(four)).toContain(`${NODES} Insufficient nvidia.com/gpu`);
      return 'waits';
    };
    expect(await outcome('default-scheduler')).toBe('waits');
    expect(await withScheduler(() => outcome(SCHEDULER.name))).toBe('runs');
  });

  it('GIVEN a node half full of CPU and memory and one half full of GPUs WHEN a session with a GPU comes THEN it joins the GPUs', async () => {
    const asking = (cpu: string, memory: string, gpus: number): object => ({
      containers: [
        {
          name: 'main',
          image: 'none',
          resources: { requests: { cpu, memory }, ...(gpus > 0 ? { limits: { 'nvidia.com/gpu': String(gpus) } } : {}) },
        },
      ],
    });
    const on = (node: string): object => ({ nodeSelector: { 'kubernetes.io/hostname': node } });
    await begin('gpu-medium', 'cpus', SCHEDULER.name, { ...asking('24', '96G', 0), ...on('gpu-medium-1') });
    await begin('gpu-medium', 'gpus', SCHEDULER.name, { ...asking('1', '1G', 2), ...on('gpu-medium-2') });
    await withScheduler(async () => {
      await occupied();
      await begin('gpu-medium', 'next', SCHEDULER.name, asking('1', '1G', 1));
      await occupied();
    });
    const next = await read<SeenPod>(client, `${PODS}/next`);
    for (const name of ['cpus', 'gpus', 'next']) await end(name);
    expect(next?.spec.nodeName).toBe('gpu-medium-2');
  });

  it('GIVEN only the rights of its ServiceAccount WHEN it runs THEN it holds its own lease, places only pods that name it, is refused nothing, and leaves nothing behind', async () => {
    await begin('batch', 'named', SCHEDULER.name);
    await begin('batch', 'unnamed', 'default-scheduler');
    const withNode = async (): Promise<readonly string[]> =>
      (await pods()).filter(({ spec }) => spec.nodeName !== undefined).map(({ metadata }) => metadata.name);
    expect(await eventually(withNode, (names) => names.length > 0)).toEqual(['unnamed']);

    const scheduler = await withScheduler(async (running) => {
      const lease = `/apis/coordination.k8s.io/v1/namespaces/${SCHEDULER.namespace}/leases/${SCHEDULER.name}`;
      const holder = async (): Promise<string> =>
        (await read<{ spec: { holderIdentity?: string } }>(client, lease))?.spec.holderIdentity ?? '';
      expect(await eventually(holder, (id) => id !== '')).not.toBe('');
      await occupied();
      const reporters = async (): Promise<readonly string[]> =>
        (await list(client, '/apis/events.k8s.io/v1/namespaces/default/events')).flatMap(
          ({ reason, regarding, reportingController }) =>
            reason === 'Scheduled' ? [`${(regarding as { name?: string }).name} by ${reportingController}`] : [],
        );
      const wanted = [`named by ${SCHEDULER.name}`, 'unnamed by default-scheduler'];
      const told = await eventually(reporters, (seen) => wanted.every((each) => seen.includes(each)));
      expect(told).toEqual(expect.arrayContaining(wanted));
      expect(await eventually(running.showsMetrics, Boolean)).toBe(true);
      expect(new Set(listenAddresses(running.process.pid))).toEqual(new Set(['0100007F']));
      return running;
    });
    const said = readFileSync(scheduler.log, 'utf8');
    expect(said).toContain(`"Successfully acquired lease" lock="${SCHEDULER.namespace}/${SCHEDULER.name}"`);
    expect(said).not.toMatch(/forbidden|unauthorized/i);
    expect(isRunning(scheduler.process)).toBe(false);
    for (const name of ['named', 'unnamed']) await end(name);
  });
});
