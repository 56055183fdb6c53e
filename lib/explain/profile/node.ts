import { asJsonObject } from '../../core/json.ts';
import { describeBytes } from '../../core/quantity.ts';
import { count, list } from '../../core/words.ts';
import { sessionDemand } from '../../model/pod-demands.ts';
import { podsPerNode } from '../../model/pods-per-node.ts';
import type { PoolNode } from '../../model/pool.ts';
import { warmCapacities, warmNodes } from '../../model/warm-capacity.ts';
import type { Line, Step } from '../explanation.ts';
import { type Launch, launchOf } from '../launch.ts';
import { objectsOfPool } from '../node-pool/rendered.ts';
import { askPool } from '../placement.ts';
import { filesOf, placeAt } from '../scene.ts';
import { cores, detail, dollars, line } from '../words.ts';
import type { Session } from './session.ts';

const AUTOSCALERS = { karpenter: 'Karpenter', 'cluster-autoscaler': 'cluster-autoscaler' } as const;

/** `CPU 3 of 3.48, memory 11.2 of 13.0 GiB, GPU 1 of 1`: the session's share of an empty node. */
function describeShare({ profile, pool }: Session, { allocatable, devices }: PoolNode): string {
  const { cpu, memoryMB, gpu } = profile;
  return [
    `CPU ${cores(cpu.request)} of ${cores(allocatable.millicpu - pool.overhead.millicpu)}`,
    `memory ${describeBytes(memoryMB.request * 1e6)} of ${describeBytes(allocatable.memoryBytes - pool.overhead.memoryBytes)}`,
    ...(gpu ? [`${gpu.resource} ${gpu.count} of ${devices[gpu.resource] ?? 0}`] : []),
  ].join(', ');
}

function describePrice({ spot }: Launch & { spot: boolean }, usdPerHour: number | undefined): string {
  if (usdPerHour === undefined) return ', price unknown';
  return `, ${spot ? 'below ' : ''}${dollars(usdPerHour)} USD an hour`;
}

function summarize({ pool }: Session, launch: Launch): string {
  const { node } = launch;
  if (launch.by === 'nobody') {
    const machines = pool.spec.capacity.kind === 'static';
    const noun = machines ? 'machine' : 'node';
    const where = launch.nodes === 1 ? `the one ${noun}` : `one of the ${count(launch.nodes, noun)}`;
    return `on ${where} of pool ${pool.name}; ${machines ? 'none is launched' : 'nobody adds more'}`;
  }
  const from = pool.min === 0 ? 'from zero, ' : `beyond the ${count(pool.min, 'node')} that are always there, `;
  // Which type EC2 has to spare nobody knows before.
  const what = launch.spot ? `spot capacity, such as ${node.type}` : node.type;
  return `${from}${AUTOSCALERS[launch.by]} launches ${what}${describePrice(launch, node.usdPerHour)}`;
}

function warmLines({ platform, profile }: Session): readonly Line[] {
  return warmCapacities(platform)
    .filter((warm) => warm.profile === profile)
    .map((warm) => {
      const nodes = warmNodes(warm);
      const { schedule } = warm;
      const when = schedule
        ? `${schedule.days.join(' ')} ${schedule.from}-${schedule.to} ${schedule.timeZone}`
        : 'always';
      const on = nodes ? `, on ${nodes.count} x ${nodes.type}` : '';
      return line(`warm capacity: ${count(warm.sessions, 'session')} at a time find room at once${on} (${when})`);
    });
}

/** What is launched for a session where no node has room, at what price, and how much of it the session takes. */
export function explainNode(session: Session): Step {
  const { scene, platform, profile, pool, pod } = session;
  const { takes } = askPool(pod, pool);
  const launch = launchOf(platform, pool, takes);
  const common = {
    id: 'node',
    places: [placeAt(scene, [...pool.at, 'capacity'])],
    files: filesOf(objectsOfPool(scene, pool)),
  };
  if (!launch || pool.max === 0) {
    const summary = `none: no node of pool ${pool.name} would take it, so none is launched for it`;
    return { ...common, verdict: 'stop', summary, lines: [], facts: { launches: false } };
  }
  const { node } = launch;
  const each = podsPerNode(sessionDemand(profile), pool, node);
  const full =
    node.usdPerHour === undefined || each < 2
      ? ''
      : `: ${dollars(node.usdPerHour / each)} USD a session-hour when it is full`;
  const most = Math.max(
    ...pool.nodes
      .filter(({ type }) => takes.includes(type))
      .map((kind) => podsPerNode(sessionDemand(profile), pool, kind)),
  );
  const others = takes.filter((type) => type !== node.type);
  return {
    ...common,
    verdict: launch.by === 'nobody' && launch.nodes === 0 ? 'stop' : 'fine',
    summary: summarize(session, launch),
    lines: [
      line(`${count(each, 'session')} to a node (${describeShare(session, node)})${full}`),
      line(
        `at most ${count(pool.max, 'node')}, so ${count(pool.max * most, 'session')} at once if nothing else runs there`,
      ),
      ...warmLines(session),
      ...(pool.spec.capacity.kind === 'ec2' && pool.spec.capacity.zones
        ? [detail(`in ${list(pool.spec.capacity.zones)} alone`)]
        : []),
      ...(others.length > 0 ? [detail(`instead, where EC2 has none of it: ${others.join(', ')}`)] : []),
      ...(node.usdPerHour === undefined ? [] : [detail('prices: on demand, us-east-1')]),
    ],
    facts: {
      launches: launch.by !== 'nobody',
      by: launch.by,
      type: node.type,
      spot: launch.by !== 'nobody' && launch.spot,
      ...(node.usdPerHour === undefined ? {} : { usdPerHour: node.usdPerHour }),
      sessionsPerNode: each,
      nodes: { min: pool.min, max: pool.max },
      mostSessions: pool.max * most,
      allocatable: asJsonObject(node.allocatable),
    },
  };
}
