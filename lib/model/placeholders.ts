import type { Path } from '../core/path.ts';
import type { Platform } from './platform.ts';
import type { Profile } from './profile.ts';
import type { Reservation } from './reservation.ts';

/** A reservation with what follows from it. */
export interface Placeholders {
  readonly at: Path;
  readonly reservation: Reservation;
  readonly profile: Profile;
  /** Device that is held, and how many of them one placeholder holds. */
  readonly gpu: { readonly resource: string; readonly count: number };
  /** Placeholders while the reservation lasts. */
  readonly replicas: number;
}

/**
 * The placeholders of each reservation. One is as large as one session of the course, in GPUs, CPU and memory alike: then
 * a session that displaces one is sure to fit in its place. Where the GPUs do not divide evenly, one more is held.
 */
export function placeholders(platform: Platform): readonly Placeholders[] {
  return platform.environment.reservations.flatMap((reservation, index) => {
    const profile = platform.profiles.find(({ name }) => name === reservation.course);
    if (!profile?.gpu) return [];
    const { gpu } = profile;
    return [
      { at: ['reservations', index], reservation, profile, gpu, replicas: Math.ceil(reservation.gpus / gpu.count) },
    ];
  });
}

/** The most devices that placeholders may ever hold together, by resource name. */
export function reservedDevices(all: readonly Placeholders[]): Readonly<Record<string, number>> {
  const devices: Record<string, number> = {};
  for (const { gpu, replicas } of all) devices[gpu.resource] = (devices[gpu.resource] ?? 0) + replicas * gpu.count;
  return devices;
}
