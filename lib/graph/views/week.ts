import { UTC } from '../../core/time-zone.ts';
import { WEEKDAYS, type WeeklyWindow, windowSeconds } from '../../model/weekly-window.ts';

const HOUR = 60;
export const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** A part of one day; minutes from its midnight. Monday is 0. */
export interface DaySegment {
  readonly day: number;
  readonly from: number;
  readonly to: number;
  /** Only in one half of the year, because of summer time. */
  readonly halfYear: boolean;
}

/** Windows of one length that open every week, minutes from Sunday's midnight. */
export interface WeeklyOpenings {
  readonly starts: readonly number[];
  readonly minutes: number;
  readonly timeZone: string;
}

/** Rules of summer time as they are in this year; pictures know no date. */
const YEAR = 2026;

/** Minutes that a zone is ahead of UTC, in January and in July. */
function zoneOffsets(timeZone: string): readonly [number, number] {
  if (timeZone === UTC) return [0, 0];
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const offset = (month: number): number => {
    const name = format.formatToParts(Date.UTC(YEAR, month, 15)).find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes));
  };
  return [offset(0), offset(6)];
}

/** A window of the environment as openings: one on each of its days. */
export function openingsOf(window: WeeklyWindow): WeeklyOpenings {
  const [hours = '0', minutes = '0'] = window.from.split(':');
  const start = Number(hours) * HOUR + Number(minutes);
  const days = WEEKDAYS.flatMap((day, index) => (window.days.includes(day) ? [index] : []));
  return {
    starts: days.map((day) => day * DAY + start),
    minutes: windowSeconds(window) / 60,
    timeZone: window.timeZone,
  };
}

/** A stretch of the week, cut at midnights. Its minutes count from Sunday and may lie outside of the week. */
function cutAtMidnights(start: number, end: number, halfYear: boolean): readonly DaySegment[] {
  const segments: DaySegment[] = [];
  let at = start;
  while (at < Math.min(end, start + WEEK)) {
    const midnight = (Math.floor(at / DAY) + 1) * DAY;
    const to = Math.min(end, midnight);
    const minute = ((at % WEEK) + WEEK) % WEEK;
    // Sunday is the first day of cron and the last of the picture.
    const day = (Math.floor(minute / DAY) + 6) % 7;
    segments.push({ day, from: minute % DAY, to: (minute % DAY) + (to - at), halfYear });
    at = to;
  }
  return segments;
}

/** Stretches of one kind that touch or overlap, as one. */
function merged(segments: readonly DaySegment[]): readonly DaySegment[] {
  const result: DaySegment[] = [];
  for (const segment of [...segments].sort((a, b) => a.day - b.day || a.from - b.from)) {
    const last = result.at(-1);
    if (last && last.day === segment.day && segment.from <= last.to) {
      result[result.length - 1] = { ...last, to: Math.max(last.to, segment.to) };
    } else result.push(segment);
  }
  return result;
}

/** When the windows are open, by the clock of a zone, day by day. */
export function daySegments({ starts, minutes, timeZone }: WeeklyOpenings, axis: string): readonly DaySegment[] {
  const [ahead, behind] = [zoneOffsets(axis), zoneOffsets(timeZone)];
  const shifts = timeZone === axis ? [0, 0] : [ahead[0] - behind[0], ahead[1] - behind[1]];
  const [least, most] = [Math.min(...shifts), Math.max(...shifts)];
  const length = Math.min(minutes, WEEK);
  // Open in both halves of the year, then what is so in one of them.
  const always = starts.flatMap((start) => cutAtMidnights(start + most, start + least + length, false));
  if (least === most || length === WEEK)
    return merged(always.length > 0 ? always : starts.flatMap((start) => cutAtMidnights(start, start + length, false)));
  const sometimes = starts.flatMap((start) => [
    ...cutAtMidnights(start + least, Math.min(start + most, start + least + length), true),
    ...cutAtMidnights(Math.max(start + least + length, start + most), start + most + length, true),
  ]);
  return [...merged(always), ...merged(sometimes)];
}

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `Mon–Fri`, `Tue, Thu`, `every day`. */
export function describeDays(days: readonly number[]): string {
  if (days.length === 7) return 'every day';
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) => {
      const names = run.flatMap((day) => NAMES[day] ?? []);
      return run.length > 2 ? [`${names[0]}–${names.at(-1)}`] : names;
    })
    .join(', ');
}
