import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coversAllTime, isCronSchedule, parseCron, weeklyMinutes } from '../../lib/core/cron.ts';

const parsed = (text: string) => {
  const schedule = parseCron(text);
  if (!schedule) throw new Error(`${text} is no schedule.`);
  return schedule;
};

describe('cron schedules as Kubernetes and Karpenter read them', () => {
  test.each([
    '* * * * *',
    '0 6 * * mon-fri',
    '*/15 0-5,22 1 JAN ?',
    '5/20 * * * *',
    '@daily',
    '@hourly',
    '30 9 * * 2,4',
  ])('%s is one', (text) => {
    expect(parseCron(text)).toBeDefined();
    expect(isCronSchedule(text)).toBe(true);
  });

  test.each([
    '',
    '0 6 * *',
    '0 0 6 * * *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 7',
    '0 0 * * mo-fri',
    '0 0 * * fri-mon',
    '*/0 * * * *',
    '1-2-3 * * * *',
    '0 6 * * mon,',
    'TZ=UTC 0 6 * * *',
    '1- * * * *',
    '5/ * * * *',
    '0 6 * * monday',
    '@fortnightly',
    '@every 1h',
  ])('%s is none', (text) => expect(parseCron(text)).toBeUndefined());

  test('GIVEN a weekly schedule THEN its minutes are counted from Sunday', () => {
    expect(weeklyMinutes(parsed('30 1 * * sun,mon'))).toEqual([90, 24 * 60 + 90]);
    expect(weeklyMinutes(parsed('0 0 1 * *'))).toBeUndefined();
  });

  test('GIVEN windows that meet THEN they cover all time; one minute less, and they do not', () => {
    expect(coversAllTime(parsed('0 0 * * *'), 24 * 3600)).toBe(true);
    expect(coversAllTime(parsed('0 0 * * *'), 24 * 3600 - 60)).toBe(false);
    expect(coversAllTime(parsed('0 6 * * mon-fri'), 12 * 3600)).toBe(false);
    expect(coversAllTime(parsed('0 0 * * 0'), 7 * 24 * 3600)).toBe(true);
    expect(coversAllTime(parsed('0 0 1 * *'), 31 * 24 * 3600)).toBe(false);
  });

  test('GIVEN any windows WHEN each minute of the week is asked by itself THEN the verdict is the same', () => {
    const numbers = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(numbers(59), numbers(23), numbers(6), fc.integer({ min: 1, max: 8 * 24 * 60 }), (m, h, d, length) => {
        const schedule = parsed(`${m.join()} ${h.join()} * * ${d.join()}`);
        const week = 7 * 24 * 60;
        const covered = new Uint8Array(week);
        for (const day of d)
          for (const hour of h)
            for (const minute of m)
              for (let offset = 0; offset < Math.min(length, week); offset++)
                covered[((day * 24 + hour) * 60 + minute + offset) % week] = 1;
        expect(coversAllTime(schedule, length * 60)).toBe(covered.every(Boolean));
      }),
      { numRuns: 60 },
    );
  });
});
