/** Whether the zone is known, also by an older name or a short one such as UTC. */
export function isTimeZone(name: string): boolean {
  // A formatter takes 40 ms to make for the first time, the list 1 ms; it lacks older and short names.
  if (Intl.supportedValuesOf('timeZone').includes(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name, year: 'numeric' });
    return true;
  } catch {
    return false;
  }
}

/** The zone that cron schedules of Karpenter are in, and the default of windows. */
export const UTC = 'Etc/UTC';
