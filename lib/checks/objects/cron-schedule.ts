import { parseCron } from '../../core/cron.ts';
import { isTimeZone } from '../../core/time-zone.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

interface CronJobSpec {
  readonly schedule: string;
  readonly timeZone?: string;
}

export const cronSchedule: Rule = {
  id: 'OBJ024',
  title: 'CronJobs have a schedule and a time zone that exist',
  severity: 'error',
  protectsFrom: 'reservations that are never made: the CronJob is refused, or never fires',
  because:
    'The API server parses the schedule and looks the zone up in its own database; a zone that it does not know makes the CronJob invalid.',
  source: 'Kubernetes 1.36, pkg/apis/batch/validation/validation.go',
  example: {
    of: 'objects',
    breaks: `apiVersion: batch/v1
kind: CronJob
metadata: { name: tidy, namespace: hnc-system }
spec: { schedule: "0 3 * *", timeZone: Etc/UTC }`,
    mended: `apiVersion: batch/v1
kind: CronJob
metadata: { name: tidy, namespace: hnc-system }
spec: { schedule: "0 3 * * *", timeZone: Etc/UTC }`,
  },
  check: (bundle) =>
    inventoryOf(bundle)
      .ofKind('CronJob')
      .flatMap((job) => {
        const { schedule, timeZone } = job.manifest.spec as unknown as CronJobSpec;
        const wrong = [
          ...(parseCron(schedule) ? [] : [`"${schedule}" is no cron schedule of five fields.`]),
          ...(timeZone === undefined || isTimeZone(timeZone) ? [] : [`"${timeZone}" is no IANA time zone.`]),
        ];
        return wrong.map((message) => aboutObject(job, message, 'For example "30 9 * * 1-5" in "Europe/Berlin".'));
      }),
};
