/** One field of a cron schedule: its range, and names that stand for its first values. */
interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** When a schedule fires. A field that leaves all values open is `undefined`. */
export interface CronSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth?: ReadonlySet<number>;
  readonly months?: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly daysOfWeek?: ReadonlySet<number>;
}

function numberOf(text: string, { min, max, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return min + named;
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= min && number <= max ? number : undefined;
}

/** Values of one part of a list, such as `mon-fri`, `5` or `0-59/15`. */
function partValues(part: string, field: Field): readonly number[] | undefined {
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return undefined;
  const open = range === '*' || range === '?';
  const [from = '', to, ...more] = open ? [String(field.min), String(field.max)] : range.split('-');
  const first = numberOf(from, field);
  // With a step and no end, the range goes on to the last value.
  const last = to === undefined ? (step === undefined ? first : field.max) : numberOf(to, field);
  if (more.length > 0 || first === undefined || last === undefined || last < first) return undefined;
  const every = Number(step ?? 1);
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every);
}

function fieldValues(text: string, field: Field): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const found = partValues(part, field);
    if (!found) return undefined;
    for (const value of found) values.add(value);
  }
  return values;
}

/**
 * A schedule of five fields, or one of the macros, as Kubernetes and Karpenter read it (robfig/cron v3, ParseStandard);
 * `undefined` where the text is none.
 */
export function parseCron(text: string): CronSchedule | undefined {
  const words = (MACROS[text.trim()] ?? text).trim().split(/\s+/);
  if (words.length !== FIELDS.length) return undefined;
  const sets = FIELDS.map((field, index) => fieldValues(words[index] ?? '', field));
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = sets;
  if (!minutes || !hours || !daysOfMonth || !months || !daysOfWeek) return undefined;
  const open = (index: number): boolean => ['*', '?'].includes(words[index] ?? '');
  return {
    minutes,
    hours,
    ...(open(2) ? {} : { daysOfMonth }),
    ...(open(3) ? {} : { months }),
    ...(open(4) ? {} : { daysOfWeek }),
  };
}

/** Whether the text is a schedule ({@link parseCron}). */
export function isCronSchedule(text: string): boolean {
  return parseCron(text) !== undefined;
}

const MINUTES_OF_WEEK = 7 * 24 * 60;

/** Minutes of a week, from Sunday midnight, at which it fires; `undefined` where months or days of a month decide too. */
export function weeklyMinutes({
  minutes,
  hours,
  daysOfMonth,
  months,
  daysOfWeek,
}: CronSchedule): readonly number[] | undefined {
  if (daysOfMonth || months) return undefined;
  const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => daysOfWeek?.has(day) ?? true);
  return days
    .flatMap((day) => [...hours].flatMap((hour) => [...minutes].map((minute) => (day * 24 + hour) * 60 + minute)))
    .sort((a, b) => a - b);
}

/** Whether windows of this many seconds that open by the schedule leave no minute of any week free. */
export function coversAllTime(schedule: CronSchedule, seconds: number): boolean {
  const starts = weeklyMinutes(schedule);
  const [first] = starts ?? [];
  if (!starts || first === undefined) return false;
  const following = [...starts.slice(1), first + MINUTES_OF_WEEK];
  return starts.every((start, index) => (following[index] ?? 0) - start <= seconds / 60);
}
