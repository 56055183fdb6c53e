import { runByKarpenter, sessionsOf } from '../../checks/reading/pool-sessions.ts';
import { parseCron, weeklyMinutes } from '../../core/cron.ts';
import { formatGoDuration } from '../../core/duration.ts';
import { UTC } from '../../core/time-zone.ts';
import { placeholders } from '../../model/placeholders.ts';
import type { Platform } from '../../model/platform.ts';
import type { Pool } from '../../model/pool.ts';
import { type WarmCapacity, warmCapacities, warmNodes } from '../../model/warm-capacity.ts';
import type { WeeklyWindow } from '../../model/weekly-window.ts';
import { describePrice } from './describe.ts';
import { DAY, type DaySegment, daySegments, openingsOf } from './week.ts';

/** Something that is scheduled for a pool. */
export interface Lane {
  readonly kind: 'always' | 'warm' | 'reserved' | 'disruption';
  readonly label: string;
  readonly segments: readonly DaySegment[];
}

/** Days that are alike, Monday first, with what is scheduled on them. */
export interface DayGroup {
  readonly days: readonly number[];
  readonly lanes: readonly Lane[];
}

/** What an environment schedules for a pool, and what happens when nobody works. */
export interface PoolWeek {
  readonly pool: Pool;
  readonly sentences: readonly string[];
  readonly groups: readonly DayGroup[];
  /** Seconds that an empty node stays, where an autoscaler removes it. */
  readonly idleAfter?: number;
}

const EVERY_DAY: readonly DaySegment[] = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
  day,
  from: 0,
  to: DAY,
  halfYear: false,
}));

const clock = ({ from, to }: WeeklyWindow): string => `${from}–${to}`;

/** `: 2 × g6.xlarge, 1.61 USD/h`: the nodes that room for so many sessions takes. */
function nodesFor(held: Pick<WarmCapacity, 'profile' | 'pool' | 'sessions'>): string {
  const nodes = warmNodes(held);
  if (!nodes) return '';
  const price = describePrice(nodes.usdPerHour);
  return `: ${nodes.count} × ${nodes.type}${price ? `, ${price}` : ''}`;
}

function warmLane(warm: WarmCapacity, axis: string): Lane {
  const { profile, sessions, schedule } = warm;
  const when = schedule ? clock(schedule) : 'always';
  return {
    kind: 'warm',
    label: `${when} room for ${sessions} × ${profile.name}${nodesFor(warm)}`,
    segments: schedule ? daySegments(openingsOf(schedule), axis) : EVERY_DAY,
  };
}

function reservedLanes(platform: Platform, pool: Pool, axis: string): readonly Lane[] {
  return placeholders(platform).flatMap(({ reservation, profile, replicas }): readonly Lane[] => {
    if (profile.pool !== pool.name) return [];
    const nodes = nodesFor({ profile, pool, sessions: replicas });
    const label = `${clock(reservation)} ${reservation.gpus} GPUs for ${profile.name} (${reservation.name})${nodes}`;
    return [{ kind: 'reserved', label, segments: daySegments(openingsOf(reservation), axis) }];
  });
}

type Budget = Pool['spec']['disruption']['budgets'][number];

function describeBudget({ nodes, reasons = [] }: Budget): string {
  const which = reasons.length === 0 ? '' : `${reasons.map((reason) => reason.toLowerCase()).join(' or ')} `;
  if (nodes === '0') return `no ${which}node is disrupted`;
  return `at most ${nodes} ${nodes.endsWith('%') ? 'of ' : ''}${which}nodes are disrupted at once`;
}

/** `06:00–18:00 UTC` where the windows open at one time of the day, else the schedule itself. */
function describeWindow(schedule: string, starts: readonly number[], seconds: number): string {
  const [start = 0, ...others] = [...new Set(starts.map((minute) => minute % DAY))];
  const minutes = Math.ceil(seconds / 60);
  if (others.length > 0 || minutes > DAY) return `${schedule} UTC, for ${formatGoDuration(seconds)}`;
  const time = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return `${time(start)}–${time((start + minutes) % DAY)} UTC`;
}

/** Only Karpenter knows budgets. Those without a schedule, and those that a week cannot show, are told in words. */
function budgets(pool: Pool, axis: string): { readonly lanes: readonly Lane[]; readonly sentences: readonly string[] } {
  const lanes: Lane[] = [];
  const sentences: string[] = [];
  for (const budget of pool.spec.disruption.budgets) {
    const { schedule, duration } = budget;
    if (schedule === undefined || duration === undefined) {
      sentences.push(`At any time ${describeBudget(budget)}.`);
      continue;
    }
    const cron = parseCron(schedule);
    const starts = cron && weeklyMinutes(cron);
    if (!starts) {
      sentences.push(`By the schedule ${schedule} UTC, for ${formatGoDuration(duration)}, ${describeBudget(budget)}.`);
    } else {
      const label = `${describeWindow(schedule, starts, duration)} ${describeBudget(budget)}`;
      const openings = { starts, minutes: Math.ceil(duration / 60), timeZone: UTC };
      lanes.push({ kind: 'disruption', label, segments: daySegments(openings, axis) });
    }
  }
  return { lanes, sentences };
}

function range(seconds: readonly number[]): string {
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  return least === most ? formatGoDuration(least) : `${formatGoDuration(least)} to ${formatGoDuration(most)}`;
}

/** From the last click to the last node. */
function endSentences(platform: Platform, pool: Pool): readonly string[] {
  const profiles = sessionsOf(platform, pool);
  const lifetimes = profiles.flatMap(({ spec }) => spec.maxLifetime ?? []);
  const { idleAfter, expireAfter } = pool.spec.disruption;
  return [
    ...(profiles.length > 0
      ? [`An idle RStudio session ends after ${range(profiles.map(({ idle }) => idle.rstudio))}.`]
      : []),
    ...(lifetimes.length > 0
      ? [
          `Sessions live ${range(lifetimes)} at most${lifetimes.length < profiles.length ? ', where they have a limit' : ''}.`,
        ]
      : []),
    pool.elastic ? `An empty node goes after ${formatGoDuration(idleAfter)}.` : 'Nodes are always there.',
    ...(runByKarpenter(platform, pool) && expireAfter !== 'never'
      ? [`Every node is replaced after ${formatGoDuration(expireAfter)}.`]
      : []),
  ];
}

/** Days with the same segments of the same lanes belong together. */
function groupDays(lanes: readonly Lane[]): readonly DayGroup[] {
  const groups = new Map<string, { days: number[]; lanes: readonly Lane[] }>();
  for (let day = 0; day < 7; day += 1) {
    const today = lanes.flatMap((lane): readonly Lane[] => {
      const segments = lane.segments
        .filter((segment) => segment.day === day)
        .map((segment) => ({ ...segment, day: 0 }));
      return segments.length > 0 ? [{ ...lane, segments }] : [];
    });
    const key = JSON.stringify(today);
    const known = groups.get(key);
    if (known) known.days.push(day);
    else groups.set(key, { days: [day], lanes: today });
  }
  return [...groups.values()];
}

/** The zone that most windows are in, else UTC. */
export function weekTimeZone({ environment }: Platform): string {
  const zones = [
    ...environment.reservations.map(({ timeZone }) => timeZone),
    ...environment.sessionProfiles.flatMap(({ warmCapacity }) => warmCapacity?.schedule?.timeZone ?? []),
  ];
  const times = (zone: string): number => zones.filter((each) => each === zone).length;
  return zones.reduce((best, zone) => (times(zone) > times(best) ? zone : best), zones[0] ?? UTC);
}

function poolWeek(platform: Platform, pool: Pool, axis: string): PoolWeek {
  const limits = runByKarpenter(platform, pool) ? budgets(pool, axis) : { lanes: [], sentences: [] };
  const lanes: readonly Lane[] = [
    ...(pool.elastic && pool.min > 0
      ? [{ kind: 'always', label: `always at least ${pool.min}`, segments: EVERY_DAY } as const]
      : []),
    ...warmCapacities(platform)
      .filter((warm) => warm.pool.name === pool.name)
      .map((warm) => warmLane(warm, axis)),
    ...reservedLanes(platform, pool, axis),
    ...limits.lanes,
  ];
  return {
    pool,
    sentences: [...endSentences(platform, pool), ...limits.sentences],
    groups: lanes.length === 0 ? [] : groupDays(lanes),
    ...(pool.elastic ? { idleAfter: pool.spec.disruption.idleAfter } : {}),
  };
}

/** The week of every pool with GPUs, and of others for which something is scheduled. */
export function poolWeeks(platform: Platform): readonly PoolWeek[] {
  const axis = weekTimeZone(platform);
  return platform.pools
    .filter(({ spec }) => spec.role !== 'system')
    .map((pool) => poolWeek(platform, pool, axis))
    .filter(({ pool, groups }) => pool.gpuModel !== undefined || groups.length > 0);
}
