import { formatGoDuration } from '../../core/duration.ts';
import { formatMillicpu } from '../../core/quantity.ts';
import type { Platform } from '../../model/platform.ts';
import { type Content, element, type Markup } from '../drawing/xml.ts';
import { describeDemand, describeFirst, describeMemory, describePrice } from '../views/describe.ts';
import { type Placement, placements, type Reach } from '../views/placement.ts';
import type { Starter } from '../views/starter.ts';
import { mark, named } from './mark.ts';
import { type Column, lines, table } from './table.ts';

const ownReach = ({ starter, reaches }: Placement): Reach | undefined =>
  reaches.find(({ pool }) => pool.name === starter.demand.pool);

/** `86 % of its CPU`: how much of the node that comes first one pod takes. */
function nodeShares({ demand }: Starter, { pool, first }: Reach): readonly string[] {
  const { allocatable, devices } = first;
  const percent = (part: number, whole: number): string => `${Math.round((100 * part) / Math.max(1, whole))}%`;
  const { gpu } = demand;
  return [
    ...(gpu ? [`${percent(gpu.count, devices[gpu.resource] ?? 0)} of its GPUs`] : []),
    `${percent(demand.millicpu, allocatable.millicpu - pool.overhead.millicpu)} of its CPU`,
    `${percent(demand.memoryBytes, allocatable.memoryBytes - pool.overhead.memoryBytes)} of its memory`,
  ];
}

/** Groups and users that are offered it, by name or because a group includes another; for Spark, workspaces. */
function audience(platform: Platform, { name, profile }: Starter): readonly Content[] {
  if (!profile) return platform.spark?.choice.namespaces ?? [];
  if (profile.spec.offeredTo === 'everyone') return ['everyone'];
  const described = new Map(platform.environment.groups.map((group) => [group.name, group.description]));
  const groups = platform.access.flatMap(({ who, profiles }): readonly Content[] => {
    if (who.kind !== 'group' || !profiles.includes(name)) return [];
    const description = described.get(who.name);
    return [description === undefined ? who.name : named(who.name, description)];
  });
  const all = [...groups, ...profile.spec.offeredTo.users.map((user) => `user ${user}`)];
  return all.length > 0 ? all : ['nobody'];
}

function limits({ profile }: Starter): readonly string[] {
  if (!profile) return [];
  const { cpu, memoryMB } = profile;
  const more = cpu.limit > cpu.request || memoryMB.limit > memoryMB.request;
  const memory = describeMemory(memoryMB.limit * 1e6);
  return more ? [`may use ${formatMillicpu(cpu.limit)} CPU, ${memory}`] : [];
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

/** Its pools, and what comes first where there is no node. */
function runsOn(placement: Placement): Content {
  const own = ownReach(placement);
  const { starter, reaches, refusal = '' } = placement;
  const others = reaches.filter((reach) => reach !== own).map(({ pool }) => `also ${pool.name}`);
  if (!own) return lines([starter.demand.pool, mark('bad', 'fits no node'), refusal, ...others]);
  const { first, perNode } = own;
  const each =
    first.usdPerHour !== undefined && perNode > 1
      ? [`${describePrice(first.usdPerHour / perNode)} each where full`]
      : [];
  return lines([element('strong', {}, own.pool.name), describeFirst(placement) ?? '', ...each, ...others]);
}

const COLUMNS = (platform: Platform): readonly Column<Placement>[] => [
  { title: 'profile', share: 18, cell: ({ starter }) => named(starter.name, starter.title) },
  {
    title: 'sets aside',
    share: 15,
    cell: ({ starter }) => lines([describeDemand(starter.demand), ...limits(starter)]),
  },
  { title: 'runs on', share: 20, cell: runsOn },
  {
    title: 'takes of a node',
    share: 14,
    cell: (placement) => {
      const own = ownReach(placement);
      return own ? lines(nodeShares(placement.starter, own)) : '';
    },
  },
  { title: 'for', share: 15, cell: ({ starter }) => lines(audience(platform, starter)) },
  { title: 'ends', share: 18, cell: ({ starter }) => lines(ends(starter)) },
  { title: 'priority', share: 14, cell: ({ starter }) => starter.demand.priorityClass || 'none' },
];

/** Everything that people may start: what it takes, where it runs, what it costs, and who may. */
export function profilesTable(platform: Platform): Markup {
  return table('Session profiles, in the order of the UI', COLUMNS(platform), placements(platform));
}
