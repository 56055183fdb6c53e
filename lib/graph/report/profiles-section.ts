import { formatGoDuration } from '../../core/duration.ts';
import { formatMillicpu } from '../../core/quantity.ts';
import type { Platform } from '../../model/platform.ts';
import type { Content, Markup } from '../drawing/xml.ts';
import { describeDemand, describeDevice, describeMemory, describePrice } from '../views/describe.ts';
import { type Placement, placements, type Reach } from '../views/placement.ts';
import type { Starter } from '../views/starter.ts';
import { mark, named } from './mark.ts';
import { type Column, lines, table } from './table.ts';

const ownReach = ({ starter, reaches }: Placement): Reach | undefined =>
  reaches.find(({ pool }) => pool.name === starter.demand.pool);

/** `86 % of its CPU`: how much of the node that comes first one pod takes. */
function nodeShares({ demand }: Starter, { pool, first }: Reach): readonly string[] {
  const { allocatable, devices } = first;
  const percent = (part: number, whole: number): string => `${Math.round((100 * part) / Math.max(1, whole))} %`;
  const { gpu } = demand;
  return [
    ...(gpu
      ? [
          `${percent(gpu.count, devices[gpu.resource] ?? 0)} of its ${describeDevice(gpu.resource, devices[gpu.resource] ?? 0)}`,
        ]
      : []),
    `${percent(demand.millicpu, allocatable.millicpu - pool.overhead.millicpu)} of its CPU`,
    `${percent(demand.memoryBytes, allocatable.memoryBytes - pool.overhead.memoryBytes)} of its memory`,
  ];
}

/** Groups and users that are offered it, by name or because a group includes another. */
function audience(platform: Platform, { name, profile }: Starter): readonly string[] {
  if (!profile) return (platform.spark?.choice.namespaces ?? []).map((namespace) => `workspace ${namespace}`);
  if (profile.spec.offeredTo === 'everyone') return ['everyone'];
  const groups = platform.access.flatMap(({ who, profiles }) =>
    who.kind === 'group' && profiles.includes(name) ? [who.name] : [],
  );
  return [...groups, ...profile.spec.offeredTo.users.map((user) => `user ${user}`)];
}

function limits({ profile, demand }: Starter): readonly string[] {
  if (!profile) return [];
  const { cpu, memoryMB } = profile;
  const more = cpu.limit > cpu.request || memoryMB.limit > memoryMB.request;
  const memory = describeMemory(memoryMB.limit * 1e6);
  return more && demand ? [`may use ${formatMillicpu(cpu.limit)} CPU, ${memory}`] : [];
}

function ends({ profile }: Starter): readonly string[] {
  if (!profile) return [];
  const { maxLifetime, protected: kept, interruptible } = profile.spec;
  return [
    `RStudio: after ${formatGoDuration(profile.idle.rstudio)} idle`,
    maxLifetime === undefined ? 'no longest life' : `after ${formatGoDuration(maxLifetime)} at the latest`,
    ...(kept ? ['no autoscaler removes its node'] : []),
    ...(interruptible ? ['may be interrupted'] : []),
  ];
}

function firstNode(placement: Placement): Content {
  const own = ownReach(placement);
  if (!own) return lines([mark('bad', 'fits no node'), placement.refusal ?? '']);
  const { first, perNode, pool } = own;
  const price = describePrice(first.usdPerHour);
  const each =
    first.usdPerHour !== undefined && perNode > 1
      ? [`${describePrice(first.usdPerHour / perNode)} each where it is full`]
      : [];
  const elastic = pool.spec.capacity.kind === 'ec2';
  return lines([
    `${elastic ? first.type : 'a node that exists'}${price ? `, ${price}` : ''}`,
    `room for ${perNode}`,
    ...each,
  ]);
}

const COLUMNS = (platform: Platform): readonly Column<Placement>[] => [
  { title: 'profile', cell: ({ starter }) => named(starter.name, starter.title) },
  { title: 'sets aside', cell: ({ starter }) => lines([describeDemand(starter.demand), ...limits(starter)]) },
  {
    title: 'pools',
    cell: ({ starter, reaches }) =>
      lines(reaches.length > 0 ? reaches.map(({ pool }) => pool.name) : [`${starter.demand.pool}, in vain`]),
  },
  { title: 'from zero', cell: firstNode },
  {
    title: 'share of that node',
    cell: (placement) => {
      const own = ownReach(placement);
      return own ? lines(nodeShares(placement.starter, own)) : '';
    },
  },
  { title: 'who may use it', cell: ({ starter }) => audience(platform, starter).join(', ') || 'nobody' },
  { title: 'ends', cell: ({ starter }) => lines(ends(starter)) },
  { title: 'priority class', cell: ({ starter }) => starter.demand.priorityClass || 'none' },
];

/** Everything that people may start: what it takes, where it runs, what it costs, and who may. */
export function profilesTable(platform: Platform): Markup {
  return table('Session profiles, in the order of the UI', COLUMNS(platform), placements(platform));
}
