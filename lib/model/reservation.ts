import * as z from 'zod';
import { nameField } from './field.ts';
import { weeklyWindowFields } from './weekly-window.ts';

/** GPUs kept free for a course at given times, by placeholder pods that only the course may displace. */
export const reservationSchema = z.strictObject({
  name: nameField.describe('Name of the reservation.'),
  course: z.string().describe('Session profile of the course; its pool and GPU device are what is held.'),
  gpus: z.int().min(1).describe('How many GPUs, or GPU instances, are held.'),
  ...weeklyWindowFields,
});
export type Reservation = z.output<typeof reservationSchema>;
