import { count } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import { type PoolWeek, poolWeeks, weekTimeZone } from '../views/pool-week.ts';
import { DAY, type DaySegment, describeDays } from '../views/week.ts';
import { chartHead, ganttText } from './text.ts';
import { withinLimits } from './within-limits.ts';

/** A Gantt chart knows no 24:00. */
function time(minute: number): string {
  const shown = Math.min(minute, DAY - 1);
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`;
}

const TAGS = { always: 'done, ', warm: 'active, ', reserved: 'crit, ', disruption: '' } as const;

function weekLines({ pool, groups }: PoolWeek): readonly string[] {
  return groups.flatMap(({ days, lanes }) => {
    if (lanes.length === 0) return [];
    const tasks = lanes.flatMap(({ kind, label, segments }) =>
      segments.map(({ from, to, halfYear }: DaySegment) => {
        const half = halfYear ? ' (half of the year)' : '';
        return `    ${ganttText(label.replaceAll(':', '.'))}${half} :${TAGS[kind]}${time(from)}, ${time(to)}`;
      }),
    );
    return [`  section ${ganttText(`${pool.name} ${describeDays(days)}`)}`, ...tasks];
  });
}

function drawDay(title: string, weeks: readonly PoolWeek[], most: number): string {
  const sections = weeks.slice(0, most).flatMap(weekLines);
  const rest = Math.max(0, weeks.length - most);
  const folded = [`  section and ${count(rest, 'more pool')}`, '    not shown :done, 00:00, 23:59'];
  const nothing = ['  section Nothing is scheduled', '    no window :done, 00:00, 23:59'];
  return `${[
    ...chartHead('gantt', title),
    `  title ${ganttText(title)}`,
    '  dateFormat HH:mm',
    '  axisFormat %H:%M',
    '  todayMarker off',
    ...(sections.length > 0 ? sections : nothing),
    ...(rest > 0 ? folded : []),
  ].join('\n')}\n`;
}

/** What is scheduled for GPU pools as a Gantt chart of one day; days that are alike share a section. */
export function dayChart(platform: Platform): string {
  const title = `A day of GPU pools in ${platform.environment.name}, hours of ${weekTimeZone(platform)}`;
  const weeks = poolWeeks(platform).filter((week) => weekLines(week).length > 0);
  return withinLimits((most) => drawDay(title, weeks, most), weeks.length);
}
