import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, daySegments, describeDays, openingsOf } from '../../lib/graph/views/week.ts';

const at = (hours: number): number => hours * 60;
const monday = DAY;

describe('windows by the clock of one zone (PROVE-4)', () => {
  test('GIVEN a window in the zone of the picture THEN it is as the environment says, Monday first', () => {
    const window = { days: ['tue', 'mon'] as const, from: '09:30', to: '12:00', timeZone: 'Europe/Berlin' };
    expect(daySegments(openingsOf({ ...window, days: [...window.days] }), 'Europe/Berlin')).toEqual([
      { day: 0, from: at(9.5), to: at(12), halfYear: false },
      { day: 1, from: at(9.5), to: at(12), halfYear: false },
    ]);
  });

  test('GIVEN a window in UTC and a clock with summer time THEN what is so for half of the year is told apart', () => {
    const openings = { starts: [monday + at(6)], minutes: at(12), timeZone: 'Etc/UTC' };
    expect(daySegments(openings, 'Europe/Berlin')).toEqual([
      { day: 0, from: at(8), to: at(19), halfYear: false },
      { day: 0, from: at(7), to: at(8), halfYear: true },
      { day: 0, from: at(19), to: at(20), halfYear: true },
    ]);
  });

  test('GIVEN a zone south of the equator THEN its summer is in January', () => {
    const openings = { starts: [monday + at(1)], minutes: at(4), timeZone: 'Etc/UTC' };
    expect(daySegments(openings, 'Australia/Sydney')).toEqual([
      { day: 0, from: at(12), to: at(15), halfYear: false },
      { day: 0, from: at(11), to: at(12), halfYear: true },
      { day: 0, from: at(15), to: at(16), halfYear: true },
    ]);
  });

  test('GIVEN a window shorter than the shift THEN both its places are for half of the year', () => {
    const openings = { starts: [monday + at(6)], minutes: 30, timeZone: 'Etc/UTC' };
    expect(daySegments(openings, 'Europe/Berlin')).toEqual([
      { day: 0, from: at(7), to: at(7.5), halfYear: true },
      { day: 0, from: at(8), to: at(8.5), halfYear: true },
    ]);
  });

  test('GIVEN a window over the midnight between Sunday and Monday THEN it is cut there', () => {
    const openings = { starts: [at(22)], minutes: at(4), timeZone: 'Etc/UTC' };
    expect(daySegments(openings, 'Etc/UTC')).toEqual([
      { day: 0, from: 0, to: at(2), halfYear: false },
      { day: 6, from: at(22), to: DAY, halfYear: false },
    ]);
  });

  test('GIVEN any openings THEN segments lie within their day, do not overlap, and are open as long as the windows', () => {
    const starts = fc.uniqueArray(fc.integer({ min: 0, max: 7 * DAY - 1 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 8 * DAY }), (all, minutes) => {
        const segments = daySegments(
          { starts: [...all].sort((a, b) => a - b), minutes, timeZone: 'Etc/UTC' },
          'Etc/UTC',
        );
        const open = new Set(
          all.flatMap((start) =>
            Array.from({ length: Math.min(minutes, 7 * DAY) }, (_, minute) => (start + minute) % (7 * DAY)),
          ),
        );
        expect(segments.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(open.size);
        for (const { day, from, to } of segments) {
          expect(day >= 0 && day < 7 && from >= 0 && from < to && to <= DAY).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('days are named as people do', () => {
    expect(describeDays([0, 1, 2, 3, 4])).toBe('Mon–Fri');
    expect(describeDays([1, 3])).toBe('Tue, Thu');
    expect(describeDays([0, 2, 4, 5, 6])).toBe('Mon, Wed, Fri–Sun');
    expect(describeDays([0, 1, 2, 3, 4, 5, 6])).toBe('every day');
  });
});
