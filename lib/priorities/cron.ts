import { WEEKDAYS, type WeeklyWindow } from '../model/weekly-window.ts';

/** `"09:30"` on Monday and Wednesday as a cron schedule: `30 9 * * 1,3`. Days in the order of the week, each once. */
export function weeklySchedule(timeOfDay: string, days: readonly WeeklyWindow['days'][number][]): string {
  const [hour = '0', minute = '0'] = timeOfDay.split(':');
  const numbers = WEEKDAYS.flatMap((day, index) => (days.includes(day) ? [index] : []));
  return `${Number(minute)} ${Number(hour)} * * ${numbers.join(',')}`;
}

/** Longest name of a CronJob: its Jobs get eleven more characters (Kubernetes: pkg/apis/batch/validation). */
export const MAX_CRON_JOB_NAME = 52;
