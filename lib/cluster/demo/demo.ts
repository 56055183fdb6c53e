import { setTimeout as sleep } from 'node:timers/promises';
import { LABELS } from '../../catalog/labels.ts';
import { formatGoDuration } from '../../core/duration.ts';
import type { Profile } from '../../model/profile.ts';
import { ClusterError } from '../cluster-error.ts';
import { joinAsGroup, leaveAsGroup } from './group-by-hand.ts';
import { changeIdleTime } from './idle-time.ts';
import { hourlyPrice, isLeaving, isOpen, launchedInstance, offered, startingTaints } from './node-story.ts';
import type { DemoOptions, DemoResult } from './options.ts';
import {
  isTrue,
  nodeClaimsOf,
  nodesOf,
  podsOf,
  type SeenNode,
  type SeenPod,
  unschedulable,
  warmNodesOf,
} from './seen.ts';
import { endSession, type StartedSession, startSession } from './session.ts';

const POLL_MS = 250;
const RUNNING_TIMEOUT_S = 300;
/** What Karpenter and the kubelet take besides the idle time. */
const GONE_MARGIN_S = 180;
/** How long the demo looks at the pending session before it does what an autoscaler would do. */
const BY_HAND_S = 3;

/** What the demo has told of so far. */
interface Known {
  /** Nodes that were there when it began. */
  readonly before: ReadonlySet<string>;
  readonly claims: Set<string>;
  readonly joined: Map<string, { readonly since: number; readonly usdPerHour: number | undefined }>;
  readonly open: Set<string>;
  readonly leaving: Set<string>;
}

const seconds = (since: number): number => (Date.now() - since) / 1000;

/** Tells what became of the nodes of the pool since the last look. */
async function tellOfNodes({ client, tell, bundle, profile }: DemoOptions, known: Known): Promise<readonly SeenNode[]> {
  const startup = new Set(bundle.platform.environment.startupTaints.map(({ key }) => key));
  for (const claim of await nodeClaimsOf(client)) {
    const instance = launchedInstance(claim);
    if (known.claims.has(claim.metadata.name) || instance === undefined) continue;
    known.claims.add(claim.metadata.name);
    const pool = claim.metadata.labels?.[LABELS.karpenterNodePool];
    tell('autoscaler', `Karpenter launches NodeClaim ${claim.metadata.name} of NodePool ${pool}: ${instance}`);
  }
  const nodes = (await nodesOf(client)).filter(({ metadata }) => metadata.labels?.[LABELS.nodePool] === profile.pool);
  for (const node of nodes) {
    const { name } = node.metadata;
    if (!known.joined.has(name)) {
      known.joined.set(name, { since: Date.now(), usdPerHour: hourlyPrice(node) });
      const starting = startingTaints(node, startup);
      const until = starting.length > 0 ? `, closed until its agents take ${starting.join(', ')} off` : '';
      tell('node', `${name} joins${until}`);
    }
    if (!known.open.has(name) && isOpen(node, startup)) {
      known.open.add(name);
      tell('node', `${name} is open for pods: ${offered(node)}`);
    }
    if (!known.leaving.has(name) && isLeaving(node)) {
      known.leaving.add(name);
      tell('autoscaler', `${name} is empty and goes`);
    }
  }
  return nodes;
}

async function untilRunning(options: DemoOptions, session: StartedSession, known: Known): Promise<SeenPod> {
  const { client, tell, waitFor, signal, scaling } = options;
  const began = Date.now();
  let pending: string | undefined;
  let pendingSince = 0;
  for (let handled = false; ; await sleep(POLL_MS, undefined, { signal })) {
    const pod = (await podsOf(client, session.namespace, session.job)).at(-1);
    const reason = pod === undefined ? undefined : unschedulable(pod);
    if (reason !== undefined && pending === undefined) {
      pending = reason;
      pendingSince = Date.now();
      tell('scheduler', `Pending: ${reason}`);
    }
    await tellOfNodes(options, known);
    if (pod !== undefined && isTrue(pod.status.conditions, 'Ready')) {
      tell('session', `runs on ${pod.spec.nodeName}, ${seconds(began).toFixed(1)} s after it was asked for`);
      return pod;
    }
    if (pending !== undefined && scaling === 'by-hand' && !handled && seconds(pendingSince) > BY_HAND_S) {
      handled = true;
      await joinAsGroup(options);
    }
    if (seconds(began) > RUNNING_TIMEOUT_S) {
      throw new ClusterError(
        `The session did not run within ${RUNNING_TIMEOUT_S} s: ${pending ?? 'its pod was not made'}. "atelier cluster status" names the logs.`,
      );
    }
    waitFor(pod?.spec.nodeName === undefined ? 'waiting for a node' : 'starting the session');
  }
}

/** Waits until the nodes are gone, but for those that placeholders hold; returns how many these are. */
async function untilGone(
  options: DemoOptions,
  names: ReadonlySet<string>,
  known: Known,
  ended: number,
): Promise<number> {
  const { client, tell, waitFor, signal, scaling, idleSeconds, bundle, profile } = options;
  let kept = 0;
  const pool = bundle.platform.pools.find(({ name }) => name === profile.pool);
  const idle = idleSeconds ?? pool?.spec.disruption.idleAfter ?? 0;
  const there = new Set(names);
  for (; there.size > 0; await sleep(POLL_MS, undefined, { signal })) {
    if (scaling === 'by-hand' && seconds(ended) > idle) await leaveAsGroup(options, there);
    const left = new Set((await tellOfNodes(options, known)).map(({ metadata }) => metadata.name));
    for (const name of [...there].filter((each) => !left.has(each))) {
      there.delete(name);
      tell('node', `${name} is gone, ${seconds(ended).toFixed(1)} s after the session`);
    }
    for (const name of await warmNodesOf(client)) {
      if (!there.delete(name)) continue;
      kept += 1;
      tell('node', `${name} stays: a placeholder keeps its room for the next session`);
    }
    if (seconds(ended) > idle + GONE_MARGIN_S) {
      throw new ClusterError(`${[...there].join(', ')} did not go within ${formatGoDuration(idle + GONE_MARGIN_S)}.`);
    }
    waitFor(`the node stays ${formatGoDuration(idle)} in case another session comes`);
  }
  return kept;
}

async function untilPodGone({ client, signal }: DemoOptions, { namespace, job }: StartedSession): Promise<void> {
  while ((await podsOf(client, namespace, job)).length > 0) await sleep(POLL_MS, undefined, { signal });
}

function asked(profile: Profile): string {
  const { cpu, memoryMB, gpu } = profile;
  const device = gpu ? `${gpu.resource}: ${gpu.count}, ` : '';
  return `${device}${cpu.request / 1000} CPU, ${memoryMB.request / 1000} GB`;
}

async function play(options: DemoOptions, session: StartedSession, known: Known): Promise<DemoResult> {
  const { tell, runSeconds, client, signal, waitFor } = options;
  const began = Date.now();
  await untilRunning(options, session, known);
  const waited = seconds(began);
  waitFor('the session runs');
  await sleep(runSeconds * 1000, undefined, { signal });
  await endSession(client, session);
  await untilPodGone(options, session);
  const ended = Date.now();
  tell('session', 'ended, its pod is gone');
  const came = [...known.joined].filter(([name]) => !known.before.has(name));
  if (came.length === 0) return { waited, launched: 0, kept: 0 };
  const kept = await untilGone(options, new Set(came.map(([name]) => name)), known, ended);
  const usd = came.reduce((sum, [, { since, usdPerHour }]) => sum + ((usdPerHour ?? 0) * seconds(since)) / 3600, 0);
  return { waited, launched: came.length, kept, untilGone: seconds(ended), ...(usd > 0 ? { usd } : {}) };
}

/** Nodes that came during the demo and are still there. */
function nodesLeft({ before, joined }: Known, nodes: readonly SeenNode[]): ReadonlySet<string> {
  const names = nodes.map(({ metadata }) => metadata.name);
  return new Set(names.filter((name) => joined.has(name) && !before.has(name)));
}

/**
 * Starts a session and tells what happens until it has ended and the nodes that came for it are gone. Whatever happens,
 * the session is ended, a node that the demo itself made is gone, and the idle time is what it was.
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { client, bundle, profile, job, scaling, idleSeconds, tell } = options;
  const before = new Set((await nodesOf(client)).map(({ metadata }) => metadata.name));
  const known: Known = { before, claims: new Set(), joined: new Map(), open: new Set(), leaving: new Set() };
  for (const claim of await nodeClaimsOf(client)) known.claims.add(claim.metadata.name);
  await tellOfNodes({ ...options, tell: () => {} }, known);
  const shortened =
    scaling === 'karpenter' && idleSeconds !== undefined
      ? await changeIdleTime(client, profile.pool, idleSeconds)
      : undefined;
  if (shortened) {
    tell(
      'demo',
      `idle time of NodePool ${profile.pool}: ${idleSeconds}s instead of ${shortened.before}, until the end`,
    );
  }
  let session: StartedSession | undefined;
  try {
    session = await startSession(client, bundle.platform.environment.workbench.sessionNamespace, job);
    tell('session', `${profile.name} asked for: ${asked(profile)}; Job ${session.namespace}/${session.job}`);
    return await play(options, session, known);
  } finally {
    if (session) await endSession(client, session);
    if (scaling === 'by-hand') await leaveAsGroup(options, nodesLeft(known, await nodesOf(client)));
    await shortened?.restore();
  }
}
