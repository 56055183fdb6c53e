import type { Platform } from '../../model/platform.ts';
import type { Box, Drawing, Shape } from '../drawing/drawing.ts';
import type { BoxLook } from '../drawing/looks.ts';
import { card, heading, paragraph, type Row, space, stack, textAt } from '../drawing/rows.ts';
import { describeGpu, describeSize } from '../views/describe.ts';
import { type DayGroup, type Lane, type PoolWeek, poolWeeks, weekTimeZone } from '../views/pool-week.ts';
import { DAY, type DaySegment, describeDays } from '../views/week.ts';
import { type LegendEntry, page } from './page.ts';
import type { PageWidth } from './page-width.ts';

const TRACK = 14;
const DAYS_WIDTH = 104;
const LOOKS: Readonly<Record<Lane['kind'], BoxLook>> = {
  always: 'systemWindow',
  warm: 'warmWindow',
  reserved: 'reservedWindow',
  disruption: 'calmWindow',
};

/** What waits for work after a window, to be removed: to the length of its idle time. */
function tailOf({ kind }: Lane, { to, halfYear }: DaySegment, idleAfter: number | undefined): number {
  const holds = kind === 'warm' || kind === 'reserved';
  return holds && idleAfter !== undefined && !halfYear && to < DAY ? Math.min(DAY - to, idleAfter / 60) : 0;
}

/** Hours from left to right, with what the lane says of them. */
function track(lane: Lane, idleAfter: number | undefined, everyHours: number): Row {
  return (width) => ({
    height: TRACK,
    draw: (x, y) => {
      const at = (minute: number): number => x + (width * minute) / DAY;
      const part = (from: number, to: number, look: BoxLook): Box => ({
        kind: 'box',
        x: at(from),
        y,
        width: at(to) - at(from),
        height: TRACK,
        look,
      });
      const hours = Array.from({ length: 24 / everyHours - 1 }, (_, index) => (index + 1) * everyHours * 60);
      const lines = hours.map((minute): Box => ({ ...part(minute, minute, 'rule'), width: 1 }));
      const bars = lane.segments.flatMap((segment): readonly Shape[] => {
        const tail = tailOf(lane, segment, idleAfter);
        return [
          part(segment.from, segment.to, segment.halfYear ? 'pale' : LOOKS[lane.kind]),
          ...(tail > 0 ? [part(segment.to, segment.to + tail, 'tail')] : []),
        ];
      });
      return [{ ...part(0, DAY, 'track'), content: [...lines, ...bars] }];
    },
  });
}

/** The hours of the clock below the tracks. */
function hours(everyHours: number): Row {
  return (width) => ({
    height: 16,
    draw: (x, y) =>
      Array.from({ length: 24 / everyHours + 1 }, (_, index) => {
        const hour = index * everyHours;
        const anchor = hour === 0 ? 'start' : hour === 24 ? 'end' : 'middle';
        return textAt(x + (width * hour) / 24, y, 40, String(hour).padStart(2, '0'), 'tick', anchor);
      }),
  });
}

function groupRow({ days, lanes }: DayGroup, week: PoolWeek, size: PageWidth): Row {
  const everyHours = size === 'wide' ? 3 : 6;
  const body = stack(
    lanes.length === 0
      ? [paragraph('Nothing is scheduled.', 'note', 2)]
      : [
          ...lanes.flatMap((lane) => [
            paragraph(lane.label, 'body', size === 'wide' ? 1 : 4),
            space(2),
            track(lane, week.idleAfter, everyHours),
            space(6),
          ]),
          hours(everyHours),
        ],
  );
  const label = paragraph(describeDays(days), 'strong', 2);
  if (size === 'narrow') return stack([label, space(2), body, space(8)]);
  return (width) => {
    const [left, right] = [label(DAYS_WIDTH - 12), body(width - DAYS_WIDTH)];
    return {
      height: Math.max(left.height, right.height) + 8,
      draw: (x, y) => [...left.draw(x, y), ...right.draw(x + DAYS_WIDTH, y)],
    };
  };
}

function poolRows(week: PoolWeek, size: PageWidth): Row {
  const { pool, sentences, groups } = week;
  const marks = [
    ...(pool.gpuModel === undefined ? [] : [{ text: describeGpu(pool), accent: 'gpu' } as const]),
    { text: describeSize(pool), accent: 'system' } as const,
  ];
  const waits = pool.elastic && pool.min === 0 ? ['Nothing is kept ready: who comes first waits for a node.'] : [];
  return card(
    [
      heading(pool.name, marks),
      space(2),
      paragraph([...sentences, ...(groups.length === 0 ? waits : [])].join(' '), 'note', 8),
      ...(groups.length > 0 ? [space(10)] : []),
      ...groups.map((group) => groupRow(group, week, size)),
    ],
    pool.gpuModel === undefined ? 'cpu' : 'gpu',
  );
}

function legend(weeks: readonly PoolWeek[]): readonly LegendEntry[] {
  const lanes = weeks.flatMap((week) => week.groups.flatMap((group) => group.lanes));
  const has = (kind: Lane['kind']): boolean => lanes.some((lane) => lane.kind === kind);
  const tail = weeks.some(({ groups, idleAfter }) =>
    groups.some((group) =>
      group.lanes.some((lane) => lane.segments.some((segment) => tailOf(lane, segment, idleAfter) > 0)),
    ),
  );
  const entry = (shown: boolean, text: string, accent: LegendEntry['chip']['accent'], meaning: string) =>
    shown ? [{ chip: { text, accent }, meaning }] : [];
  return [
    ...entry(has('always'), 'always', 'system', 'The fewest nodes of the pool.'),
    ...entry(
      has('warm'),
      'warm',
      'warm',
      'Placeholders keep nodes ready; a session displaces one and starts at once, and the placeholder gets a new node.',
    ),
    ...entry(has('reserved'), 'reserved', 'reserved', 'Placeholders hold GPUs that only the course displaces.'),
    ...entry(
      has('disruption'),
      'disruption',
      'calm',
      'While it lasts, Karpenter disrupts no more nodes than this, for these reasons.',
    ),
    ...entry(tail, 'going', 'system', 'The grey end of a window: empty nodes wait as long before they go.'),
    ...entry(
      lanes.some(({ segments }) => segments.some(({ halfYear }) => halfYear)),
      'broken line',
      'system',
      'So in one half of the year only: the schedule is in a time zone with other summer time.',
    ),
  ];
}

/** What the environment schedules for its GPU pools, hour by hour. */
export function dayScene(platform: Platform, size: PageWidth): Drawing {
  const weeks = poolWeeks(platform);
  const told = weeks.map(({ pool, sentences, groups }) => {
    const days = groups.flatMap((group) => group.lanes.map(({ label }) => `${describeDays(group.days)} ${label}.`));
    return `Pool ${pool.name}: ${[...sentences, ...days].join(' ')}`;
  });
  return page(
    {
      name: 'day',
      title: `A day of GPU pools in ${platform.environment.name}`,
      subtitle: `Hours of ${weekTimeZone(platform)}. This is what the environment schedules; what people do is not drawn, because nobody knows it.`,
      description: told.join(' ') || 'No pool has GPUs or a schedule.',
      legend: legend(weeks),
    },
    weeks.length === 0
      ? paragraph('No pool has GPUs, and nothing is scheduled for any other.', 'body', 2)
      : stack(weeks.flatMap((week) => [poolRows(week, size), space(14)])),
    size,
  );
}
