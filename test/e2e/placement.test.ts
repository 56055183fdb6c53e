import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Pod } from '../../lib/scheduling/pod.ts';
import { takeSnapshot } from '../../lib/scheduling/snapshot.ts';
import { describeWithClusters } from './local-cluster.ts';
import { arbitraryWorld, objectsOf, type World } from './placement/arbitrary-world.ts';
import { askScheduler } from './placement/ask-scheduler.ts';
import { disagreement, type Expectation, expectationOf } from './placement/disagreement.ts';
import { NAMESPACES } from './placement/names.ts';
import { type SchedulerCluster, withScheduler } from './placement/scheduler-cluster.ts';
import { type Case, describeTally, tally } from './placement/tally.ts';
import { makeSharedObjects, makeWorld, placePod, removeWorld } from './placement/world-objects.ts';

/** Set by hand for a longer run, or to repeat one: see docs/local-cluster.md. */
const CASES = Number(process.env.ATELIER_PLACEMENT_CASES ?? 2000);
const SEED = Number(process.env.ATELIER_PLACEMENT_SEED ?? Date.now() % 2 ** 31);
/** File for the figures that the benchmark reads. */
const REPORT = process.env.ATELIER_PLACEMENT_REPORT;

const PODS_PER_WORLD = 10;
/** Nodes and volumes reach the scheduler on other ways than pods. */
const SETTLE_MS = 20;
const SETTLE_AGAIN_MS = [1000, 5000, 10_000];
const MIN_SHARE = 0.25;
const MODEL_MS = 2000;
const PROGRESS_CASES = 500;
/** How long a smaller world is looked for that shows a difference. */
const SHRINK_MS = 60_000;
/** Ten times what a case takes on two cores, and the start of the cluster. */
const TIMEOUT_MS = CASES * 400 + 180_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
let worlds = 0;

/** Makes a world, leaves it time to be seen, and removes it. Its number is part of the names that it uses up. */
async function withWorld<T>(
  { client }: SchedulerCluster,
  world: World,
  settleMs: number,
  work: (id: string) => Promise<T>,
): Promise<T> {
  worlds += 1;
  const id = String(worlds);
  await makeWorld(client, world, id);
  try {
    await sleep(settleMs);
    return await work(id);
  } finally {
    await removeWorld(client);
  }
}

function expectationsOf(world: World): readonly Expectation[] {
  const snapshot = takeSnapshot(objectsOf(world));
  return world.asked.map((pod) => expectationOf(pod, snapshot));
}

/**
 * Milliseconds for all verdicts on these worlds once the program is compiled: the best round of two seconds, so that few
 * cases count like many, and what else runs here counts little.
 */
function timeModel(seen: readonly World[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + MODEL_MS; performance.now() < end; ) {
    const began = performance.now();
    for (const world of seen) expectationsOf(world);
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** Asks about each pod of a world, and puts back whoever was ended for it. */
async function askAll(cluster: SchedulerCluster, world: World): Promise<readonly Case[]> {
  const expectations = expectationsOf(world);
  return withWorld(cluster, world, SETTLE_MS, async (id) => {
    const cases: Case[] = [];
    for (const [index, expected] of expectations.entries()) {
      const answer = await askScheduler(cluster, world.asked[index] as Pod, `asked-${id}-${index}`, id);
      cases.push({ expected, answer });
      for (const pod of world.placed) {
        const { namespace, name } = pod.metadata;
        if (answer.victims.includes(`${namespace}/${name}`)) await placePod(cluster.client, pod, id);
      }
    }
    return cases;
  });
}

/** Asks again in a world that has ever more time to be seen: only what differs there too is a difference. */
async function askAgain(
  cluster: SchedulerCluster,
  world: World,
  pod: Pod,
  expected: Expectation,
): Promise<string | undefined> {
  let difference: string | undefined;
  for (const settleMs of SETTLE_AGAIN_MS) {
    difference = await withWorld(cluster, { ...world, asked: [pod] }, settleMs, async (id) =>
      disagreement(expected, await askScheduler(cluster, pod, `again-${id}`, id)),
    );
    if (difference === undefined) break;
  }
  return difference;
}

describeWithClusters('placement on the real scheduler (PROVE-1, PRI-2)', () => {
  it(
    `GIVEN ${CASES} random pods on random clusters (seed ${SEED}) WHEN the scheduler places them THEN the model has said where, or why not, and who makes room`,
    async () => {
      const cases: Case[] = [];
      const seen: World[] = [];
      let again = 0;
      let shrinkUntil = Number.POSITIVE_INFINITY;
      /** In what the scheduler differs from the model, also when asked again. */
      const compare = async (cluster: SchedulerCluster, world: World): Promise<readonly string[]> => {
        const asked = await askAll(cluster, world);
        cases.push(...asked);
        seen.push(world);
        const differences: string[] = [];
        for (const [index, { expected, answer }] of asked.entries()) {
          if (disagreement(expected, answer) === undefined) continue;
          again += 1;
          const pod = world.asked[index] as Pod;
          const difference = await askAgain(cluster, world, pod, expected);
          if (difference !== undefined) differences.push(`${difference}\n  ${JSON.stringify(pod)}`);
        }
        return differences;
      };
      await withScheduler('placement', NAMESPACES, async (cluster) => {
        await makeSharedObjects(cluster.client);
        const began = Date.now();
        const seconds = (): number => Math.round((Date.now() - began) / 1000);
        // Worlds of few nodes with little in them, which a bias would prefer, are Pending for few reasons.
        const property = fc.asyncProperty(fc.noBias(arbitraryWorld(PODS_PER_WORLD)), async (world) => {
          fc.pre(Date.now() < shrinkUntil);
          try {
            const differences = await compare(cluster, world);
            if (differences.length > 0) throw new Error(differences.join('\n'));
          } catch (error) {
            if (shrinkUntil === Number.POSITIVE_INFINITY) say(`seed ${SEED}: ${error}`);
            shrinkUntil = Math.min(shrinkUntil, Date.now() + SHRINK_MS);
            throw error;
          }
          if (cases.length % PROGRESS_CASES === 0) say(`${cases.length} of ${CASES} cases in ${seconds()} s`);
        });
        await fc.assert(property, { seed: SEED, numRuns: Math.ceil(CASES / PODS_PER_WORLD) });
      });
      const modelMs = timeModel(seen);
      const counts = tally(cases);
      say(`seed ${SEED}, ${describeTally(counts, modelMs)}; asked again ${again}`);
      expect(counts.cases).toBeGreaterThanOrEqual(CASES);
      expect(Math.min(counts.scheduled, counts.pending) / counts.cases).toBeGreaterThanOrEqual(MIN_SHARE);
      if (REPORT) writeFileSync(REPORT, JSON.stringify({ ...counts, modelMs }));
    },
    TIMEOUT_MS,
  );
});
