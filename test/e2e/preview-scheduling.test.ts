import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { BundleContents } from '../../lib/bundle/contents.ts';
import type { PlatformFacts } from '../../lib/bundle/platform-file.ts';
import { demandVerdict, namedDemands } from '../../lib/preview/demand-verdict.ts';
import { previewContents } from '../../lib/preview/preview.ts';
import { demandedPod } from '../../lib/scheduling/demanded-pod.ts';
import { emptyNodes } from '../../lib/scheduling/empty-nodes.ts';
import type { Pod } from '../../lib/scheduling/pod.ts';
import type { ClusterObjects } from '../../lib/scheduling/snapshot.ts';
import { CORPUS } from '../preview/corpus.ts';
import { corpusVersions } from '../preview/versions.ts';
import { describeWithClusters } from './local-cluster.ts';
import { askScheduler } from './placement/ask-scheduler.ts';
import { must, type SchedulerCluster, withScheduler } from './placement/scheduler-cluster.ts';
import { makeWorld } from './placement/world-objects.ts';

/**
 * Nodes and DaemonSet pods reach the scheduler on other ways than the pod it is asked about. Where it differs from the
 * model, it is given more time, on a busy machine.
 */
const SETTLE_MS = [500, 5000, 10_000];

/** A pod, the nodes it may meet, and what the model says: once, however many versions of environments have it. */
interface Question {
  readonly title: string;
  readonly pod: Pod;
  readonly world: ClusterObjects;
  readonly fits: boolean;
}

/** As DaemonSets of a cluster are: nothing displaces them. */
const daemon = ({ metadata, spec }: Pod): Pod => ({
  metadata: { ...metadata, namespace: 'default' },
  spec: { ...spec, priorityClassName: 'system-node-critical' },
});

function questionsOf(name: string, facts: PlatformFacts): readonly Question[] {
  return namedDemands(facts).map(({ name: who, demand }) => {
    const pool = facts.pools.find((each) => each.name === demand.pool);
    const world = pool && pool.max !== 0 ? emptyNodes(pool) : { nodes: [], pods: [] };
    const { priorityClassName: _, ...spec } = demandedPod(demand).spec;
    return {
      title: `${name}: ${who}`,
      pod: { metadata: { name: 'asked', namespace: 'default' }, spec },
      world: { ...world, pods: (world.pods ?? []).map(daemon) },
      fits: demandVerdict(facts, demand).fits,
    };
  });
}

const factsOf = ({ platform }: BundleContents): readonly PlatformFacts[] => (platform ? [platform] : []);

/** What the scheduler does with the pod on these nodes. */
async function answerTo(
  cluster: SchedulerCluster,
  { pod, world }: Question,
  id: string,
  settleMs: number,
): Promise<boolean> {
  const { client } = cluster;
  const { nodes, pods = [] } = world;
  await makeWorld(client, { nodes, placed: pods, budgets: [], asked: [pod] }, id);
  await sleep(settleMs);
  const { node } = await askScheduler(cluster, pod, `asked-${id}`, id);
  await must(client, { method: 'DELETE', path: '/api/v1/namespaces/default/pods?gracePeriodSeconds=0' });
  await must(client, { method: 'DELETE', path: '/api/v1/nodes' });
  return node !== undefined;
}

describeWithClusters('preview and the real scheduler (PROVE-3)', () => {
  it('GIVEN every version of the corpus WHEN the scheduler is asked about every profile THEN what preview says stops and starts does', async () => {
    const questions = new Map<string, Question>();
    const foreseen: string[] = [];
    for (const each of CORPUS) {
      const { before, after } = corpusVersions(each);
      for (const facts of [...factsOf(before), ...factsOf(after)]) {
        for (const question of questionsOf(each.name, facts)) {
          questions.set(JSON.stringify([question.pod, question.world]), question);
        }
      }
      for (const [from, to] of [[before, after] as const, [after, before] as const]) {
        const { consequences } = previewContents(from, to);
        const own = consequences.filter(({ rule }) => rule === 'profile-fit');
        foreseen.push(...own.flatMap(({ about, message }) => about.map((who) => `${each.name}: ${who}: ${message}`)));
      }
    }
    // Both ways there and back: what stops in one direction starts in the other.
    expect(foreseen.filter((line) => line.includes('no longer fits')).length).toBeGreaterThanOrEqual(2);
    expect(foreseen.filter((line) => line.includes('now fits')).length).toBeGreaterThanOrEqual(2);
    const asked = [...questions.values()];
    expect(asked.filter(({ fits }) => !fits).length).toBeGreaterThanOrEqual(2);
    const differences = await withScheduler('preview-scheduling', {}, async (cluster) => {
      const found: string[] = [];
      for (const [index, question] of asked.entries()) {
        let does = !question.fits;
        for (const [attempt, settleMs] of SETTLE_MS.entries()) {
          does = await answerTo(cluster, question, `${index}-${attempt}`, settleMs);
          if (does === question.fits) break;
        }
        if (does !== question.fits) found.push(`${question.title}: ${does ? 'runs' : 'stays pending'}`);
      }
      return found;
    });
    process.stderr.write(`asked the scheduler about ${asked.length} pods, ${foreseen.length} consequences\n`);
    expect(differences).toEqual([]);
  }, 600_000);
});
