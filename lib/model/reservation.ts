import { z } from 'zod';
import { listWithoutRepeats, nameField, timeOfDayField } from './field.ts';

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** GPUs kept free for a course at given times, by placeholder pods that only the course may displace. */
export const reservationSchema = z.strictObject({
  name: nameField.describe('Name of the reservation.'),
  course: z.string().describe('Session profile of the course; its pool and GPU device are what is held.'),
  gpus: z.int().min(1).describe('How many GPUs, or GPU instances, are held.'),
  days: listWithoutRepeats(z.enum(WEEKDAYS)).min(1).describe('Days of the week.'),
  from: timeOfDayField.describe('Start, local time.'),
  to: timeOfDayField.describe('End, local time, later than the start.'),
  timeZone: z.string().default('Etc/UTC').describe('IANA time zone, for example Europe/Berlin.'),
});
export type Reservation = z.output<typeof reservationSchema>;
