import * as z from 'zod';
import { UTC } from '../core/time-zone.ts';
import { listWithoutRepeats, timeOfDayField } from './field.ts';

/** Days as cron counts them: Sunday is 0. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Keys of a window of time that opens on some days of the week, for schemas that have one. */
export const weeklyWindowFields = {
  days: listWithoutRepeats(z.enum(WEEKDAYS)).min(1).describe('Days of the week.'),
  from: timeOfDayField.describe('Start, local time.'),
  to: timeOfDayField.describe('End, local time, later than the start.'),
  timeZone: z.string().default(UTC).describe('IANA time zone, for example Europe/Berlin.'),
};

/** A window of time on some days of the week. */
export const weeklyWindowSchema = z.strictObject(weeklyWindowFields);
export type WeeklyWindow = z.output<typeof weeklyWindowSchema>;

function minutesOf(timeOfDay: string): number {
  const [hour = '0', minute = '0'] = timeOfDay.split(':');
  return Number(hour) * 60 + Number(minute);
}

/** How long the window is open on one of its days, in seconds. */
export function windowSeconds({ from, to }: Pick<WeeklyWindow, 'from' | 'to'>): number {
  return (minutesOf(to) - minutesOf(from)) * 60;
}
