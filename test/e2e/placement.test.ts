import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Pod } from '../../lib/scheduling/pod.ts';
import { takeSnapshot } from '../../lib/scheduling/snapshot.ts';
import { describeWithClusters } from './local-cluster.ts';
import { arbitraryWorld, objectsOf, type World } from './placement/arbitrary-world.ts';
import { type Answer, askScheduler } from './placement/ask-scheduler.ts';
import { disagreement, type Expectation, expectationOf } from './placement/disagreement.ts';
import { NAMESPACES } from './placement/names.ts';
import { type SchedulerCluster, withScheduler } from './placement/scheduler-cluster.ts';
import { makeSharedObjects, makeWorld, placePod, removeWorld } from './placement/world-objects.ts';

/** Set by hand for a longer run, or to repeat one: see docs/local-cluster.md. */
const CASES = Number(process.env.ATELIER_PLACEMENT_CASES ?? 2000);
const SEED = Number(process.env.ATELIER_PLACEMENT_SEED ?? Date.now() % 2 ** 31);
/** File for the figures, as the benchmark reads them. */
const REPORT = process.env.ATELIER_PLACEMENT_REPORT;

const PODS_PER_WORLD = 10;
/** Nodes and volumes reach the scheduler on other ways than pods. */
const SETTLE_MS = 20;
const SETTLE_AGAIN_MS = 1000;
const MIN_SHARE = 0.25;
const CASE_MS = 250;
/** How long a smaller world is looked for that shows a difference. */
const SHRINK_MS = Number(process.env.SHRINK ?? 60_000);

/** What happened in all cases. */
class Tally {
  scheduled = 0;
  pending = 0;
  preempted = 0;
  again = 0;
  schedulerMs = 0;
  readonly reasons = new Map<string, number>();

  count({ verdict, candidates }: Expectation, { elapsed }: Answer): void {
    this.schedulerMs += elapsed;
    if (verdict.kind === 'feasible') this.scheduled += 1;
    else this.pending += 1;
    if (candidates.length > 0) this.preempted += 1;
    const rejected = verdict.kind === 'refused' ? [verdict.reason] : verdict.rejected.flatMap(({ reasons }) => reasons);
    for (const code of new Set(rejected.map((reason) => reason.code))) {
      this.reasons.set(code, (this.reasons.get(code) ?? 0) + 1);
    }
  }

  get cases(): number {
    return this.scheduled + this.pending;
  }

  describe(modelMs: number): string {
    const share = (part: number): string => `${part} (${((100 * part) / this.cases).toFixed(0)} %)`;
    const reasons = [...this.reasons].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
    const [model, scheduler] = [modelMs, this.schedulerMs].map((ms) => (1000 * this.cases) / ms);
    return [
      `${this.cases} cases, seed ${SEED}: ${share(this.scheduled)} scheduled, ${share(this.pending)} pending, ${share(this.preempted)} by preemption; asked again ${this.again}`,
      `cases by reason: ${reasons.join(', ')}`,
      `verdicts per second: model ${model?.toFixed(0)}, scheduler ${scheduler?.toFixed(0)}`,
    ].join('\n');
  }
}

let worlds = 0;

async function withWorld<T>(
  cluster: SchedulerCluster,
  world: World,
  settleMs: number,
  work: (id: string) => Promise<T>,
): Promise<T> {
  worlds += 1;
  const id = String(worlds);
  await makeWorld(cluster.client, world, id);
  try {
    await sleep(settleMs);
    return await work(id);
  } finally {
    await removeWorld(cluster.client);
  }
}

/** Asks once more in a world that has had time to be seen: only what differs there is a difference. */
async function askAgain(
  cluster: SchedulerCluster,
  world: World,
  pod: Pod,
  expected: Expectation,
): Promise<string | undefined> {
  return withWorld(cluster, { ...world, asked: [pod] }, SETTLE_AGAIN_MS, async (id) =>
    disagreement(expected, await askScheduler(cluster, pod, `again-${id}`, id)),
  );
}

function expectationsOf(world: World): readonly Expectation[] {
  const snapshot = takeSnapshot(objectsOf(world));
  return world.asked.map((pod) => expectationOf(pod, snapshot));
}

/** Milliseconds for all verdicts on these worlds, in a process that has made them before. */
function timeModel(worlds: readonly World[]): number {
  const began = performance.now();
  for (const world of worlds) expectationsOf(world);
  return performance.now() - began;
}

async function compare(cluster: SchedulerCluster, world: World, tally: Tally): Promise<readonly string[]> {
  const expectations = expectationsOf(world);

  const doubtful: (readonly [Pod, Expectation])[] = [];
  await withWorld(cluster, world, SETTLE_MS, async (id) => {
    for (const [index, pod] of world.asked.entries()) {
      const expected = expectations[index] as Expectation;
      const answer = await askScheduler(cluster, pod, `asked-${id}-${index}`, id);
      tally.count(expected, answer);
      if (disagreement(expected, answer) !== undefined) doubtful.push([pod, expected]);
      for (const placed of world.placed) {
        const { namespace, name } = placed.metadata;
        if (answer.victims.includes(`${namespace}/${name}`)) await placePod(cluster.client, placed, id);
      }
    }
  });
  const differences: string[] = [];
  for (const [pod, expected] of doubtful) {
    tally.again += 1;
    const difference = await askAgain(cluster, world, pod, expected);
    if (difference !== undefined) differences.push(`${difference}\n  ${JSON.stringify(pod)}`);
  }
  return differences;
}

describeWithClusters('placement on the real scheduler (PROVE-1, PRI-2)', () => {
  it(
    `GIVEN ${CASES} random pods on random clusters (seed ${SEED}) WHEN the scheduler places them THEN the model has said so, and why`,
    async () => {
      const tally = new Tally();
      const seen: World[] = [];
      await withScheduler('placement', NAMESPACES, async (cluster) => {
        await makeSharedObjects(cluster.client);
        let shrinkUntil = Number.POSITIVE_INFINITY;
        const property = fc.asyncProperty(fc.noBias(arbitraryWorld(PODS_PER_WORLD)), async (world) => {
          fc.pre(Date.now() < shrinkUntil);
          const differences = await compare(cluster, world, tally);
          seen.push(world);
          if (differences.length > 0) shrinkUntil = Math.min(shrinkUntil, Date.now() + SHRINK_MS);
          expect(differences).toEqual([]);
        });
        const numRuns = Math.ceil(CASES / PODS_PER_WORLD);
        await fc.assert(property, { seed: SEED, numRuns });
      });
      const modelMs = timeModel(seen);
      process.stderr.write(`${tally.describe(modelMs)}\n`);
      expect(tally.cases).toBeGreaterThanOrEqual(CASES);
      expect(Math.min(tally.scheduled, tally.pending) / tally.cases).toBeGreaterThanOrEqual(MIN_SHARE);
      if (REPORT) {
        const { cases, schedulerMs } = tally;
        writeFileSync(REPORT, JSON.stringify({ cases, modelMs, schedulerMs }));
      }
    },
    CASES * CASE_MS + 180_000,
  );
});
