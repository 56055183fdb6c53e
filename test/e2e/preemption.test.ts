import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Bundle, Manifest } from '../../lib/bundle/bundle.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import { sessionDemand } from '../../lib/model/pod-demands.ts';
import type { Profile } from '../../lib/model/profile.ts';
import { demandedPod } from '../../lib/scheduling/demanded-pod.ts';
import { displacements } from '../../lib/scheduling/displacement.ts';
import { emptyNodes } from '../../lib/scheduling/empty-nodes.ts';
import type { Node } from '../../lib/scheduling/node.ts';
import type { Pod } from '../../lib/scheduling/pod.ts';
import { takeSnapshot } from '../../lib/scheduling/snapshot.ts';
import { decidePlacement } from '../../lib/scheduling/verdict.ts';
import { synthesize } from '../../stacks/synth.ts';
import { describeWithClusters } from './local-cluster.ts';
import type { World } from './placement/arbitrary-world.ts';
import { askScheduler } from './placement/ask-scheduler.ts';
import { create, must, type SchedulerCluster, withScheduler } from './placement/scheduler-cluster.ts';
import { makeWorld, placePod, removeWorld } from './placement/world-objects.ts';
import { eventually } from './requests.ts';

const NAMESPACE = 'case-a';
/** Nodes reach the scheduler on another way than pods. */
const SETTLE_MS = 1000;
const CLASSES = '/apis/scheduling.k8s.io/v1/priorityclasses';
const FULL: Node = { metadata: { name: 'full' }, status: { allocatable: { cpu: '1', pods: 10 } } };

async function bundleOf(environment: string): Promise<Bundle> {
  const synthesis = synthesize((await loadEnvironment(environment)).input);
  if (synthesis.kind !== 'accepted') throw new Error(`${environment} is not accepted`);
  return synthesis.bundle;
}

const priorityClasses = ({ objects }: Bundle): readonly Manifest[] =>
  objects.map(({ manifest }) => manifest).filter(({ kind }) => kind === 'PriorityClass');

/** Waits until pods get the priority of a class: admission reads classes by watching them, in the order of their making. */
async function untilKnown(client: ApiClient, priorityClass: Manifest | undefined): Promise<void> {
  if (priorityClass === undefined) return;
  const spec = { priorityClassName: priorityClass.metadata.name, containers: [{ name: 'a', image: 'a' }] };
  const path = `/api/v1/namespaces/${NAMESPACE}/pods?dryRun=All`;
  const body = JSON.stringify({ metadata: { name: 'probe' }, spec });
  const priority = async (): Promise<unknown> =>
    ((await client.send({ method: 'POST', path, body })).body as { spec?: { priority?: number } }).spec?.priority;
  expect(await eventually(priority, (seen) => seen === priorityClass.value)).toBe(priorityClass.value);
}

async function withClasses<T>(client: ApiClient, classes: readonly Manifest[], work: () => Promise<T>): Promise<T> {
  for (const manifest of classes) await create(client, CLASSES, manifest);
  await untilKnown(client, classes.at(-1));
  try {
    return await work();
  } finally {
    for (const { metadata } of classes) await must(client, { method: 'DELETE', path: `${CLASSES}/${metadata.name}` });
  }
}

async function inWorld<T>(
  cluster: SchedulerCluster,
  nodes: readonly Node[],
  placed: readonly Pod[],
  work: () => Promise<T>,
): Promise<T> {
  const world: World = { nodes, placed, budgets: [], asked: [] };
  await makeWorld(cluster.client, world, '0');
  await sleep(SETTLE_MS);
  try {
    return await work();
  } finally {
    await removeWorld(cluster.client);
  }
}

const inNamespace = (pod: Pod, name: string, more: Partial<Pod['spec']> = {}): Pod => ({
  metadata: { name, namespace: NAMESPACE },
  spec: { ...pod.spec, ...more },
  status: { phase: 'Running', startTime: '2026-01-01T00:00:00Z' },
});

const oneCpu = (priorityClassName: string): Pod => ({
  metadata: { name: 'p' },
  spec: { priorityClassName, containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }] },
});

/** Pods of these kinds in turn, until the node takes none of them; at least one. */
function fill(node: Node, kinds: readonly Pod[]): readonly Pod[] {
  const placed: Pod[] = [];
  const fits = (pod: Pod): boolean =>
    decidePlacement(pod, takeSnapshot({ nodes: [node], pods: placed })).kind === 'feasible';
  for (let turn = 0; ; turn += 1) {
    const rest = kinds.map((_, index) => kinds[(turn + index) % kinds.length]).filter((pod) => pod !== undefined);
    const next = rest.find(fits);
    if (next === undefined) break;
    placed.push(inNamespace(next, `${node.metadata.name}-${placed.length}`, { nodeName: node.metadata.name }));
  }
  expect([node.metadata.name, placed.length > 0]).toEqual([node.metadata.name, kinds.length > 0]);
  return placed;
}

let asked = 0;
/** Asks the scheduler and names who was displaced, and where. */
async function victimsOf(
  cluster: SchedulerCluster,
  pod: Pod,
): Promise<{ readonly victims: readonly string[]; readonly node: string | undefined }> {
  asked += 1;
  const { victims, nominated } = await askScheduler(cluster, inNamespace(pod, 'asked'), `asked-${asked}`, '0');
  return { victims: victims.map((each) => each.slice(NAMESPACE.length + 1)), node: nominated };
}

const sessionPod = (profile: Profile): Pod => demandedPod(sessionDemand(profile));

describeWithClusters('preemption on the real scheduler (PRI-1, PRI-2)', () => {
  it('GIVEN the priority classes of every environment WHEN each meets each on a full node THEN who displaces whom is as computed', async () => {
    await withScheduler('preemption', { [NAMESPACE]: {} }, async (cluster) => {
      for (const { name } of listEnvironments()) {
        const bundle = await bundleOf(name);
        const computed = displacements(bundle.platform.environment.priorities);
        const real = await withClasses(cluster.client, priorityClasses(bundle), () =>
          inWorld(cluster, [FULL], [], async () => {
            const outcomes: (typeof computed)[number][] = [];
            for (const [index, { preemptor, victim }] of computed.entries()) {
              // The end of the one before may still be told.
              const name = `victim-${index}`;
              await placePod(cluster.client, inNamespace(oneCpu(victim), name, { nodeName: 'full' }), '0');
              const { victims, node } = await victimsOf(cluster, oneCpu(preemptor));
              const displaces = victims.includes(name);
              expect(node).toBe(displaces ? 'full' : undefined);
              outcomes.push({ preemptor, victim, displaces });
              const path = `/api/v1/namespaces/${NAMESPACE}/pods/${name}?gracePeriodSeconds=0`;
              if (!displaces) await must(cluster.client, { method: 'DELETE', path });
            }
            return outcomes;
          }),
        );
        expect([name, real]).toEqual([name, computed]);
      }
    });
  });

  it('GIVEN nodes full of sessions WHEN any session wants in THEN no session ends; a course ends its placeholders', async () => {
    await withScheduler('sessions', { [NAMESPACE]: {} }, async (cluster) => {
      let courses = 0;
      for (const { name } of listEnvironments()) {
        const bundle = await bundleOf(name);
        const { platform } = bundle;
        const { priorities } = platform.environment;
        const nodes = platform.pools.flatMap((pool) =>
          emptyNodes(pool)
            .nodes.slice(0, 1)
            .map((node) => ({ ...node, metadata: { ...node.metadata, name: pool.name } })),
        );
        /** Every node full of its pool's sessions, but for one pool, which is full of something else. */
        const full = (other?: { readonly pool: string; readonly pod: Pod }): readonly Pod[] =>
          nodes.flatMap((node) => {
            const pool = node.metadata.name;
            const own = platform.profiles.filter((profile) => profile.pool === pool).map(sessionPod);
            return fill(node, other?.pool === pool ? [other.pod] : own);
          });
        await withClasses(cluster.client, priorityClasses(bundle), async () => {
          await inWorld(cluster, nodes, full(), async () => {
            for (const profile of platform.profiles) {
              const { victims } = await victimsOf(cluster, sessionPod(profile));
              expect([name, profile.name, victims]).toEqual([name, profile.name, []]);
            }
          });
          const placeholder = priorities.find(({ tiers }) => tiers.includes('reservation'))?.name;
          for (const profile of platform.profiles) {
            if (!placeholder || !priorities.some((step) => step.name === profile.priorityClass && step.preempts))
              continue;
            courses += 1;
            const held = {
              ...sessionPod(profile),
              spec: { ...sessionPod(profile).spec, priorityClassName: placeholder },
            };
            const placed = full({ pool: profile.pool, pod: held });
            await inWorld(cluster, nodes, placed, async () => {
              const { victims, node } = await victimsOf(cluster, sessionPod(profile));
              expect(victims).toEqual([expect.stringMatching(new RegExp(`^${profile.pool}-\\d+$`))]);
              expect(node).toBe(profile.pool);
            });
          }
        });
      }
      expect(courses).toBeGreaterThan(0);
    });
  });
});
