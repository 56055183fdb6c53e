import { describe, expect, test } from 'vitest';
import { isCronSchedule } from '../../lib/core/cron.ts';

describe('cron schedules as Karpenter reads them (NODE-8)', () => {
  test.each([
    '0 6 * * mon-fri',
    '*/15 0-23/2 1,15 JAN-mar 0',
    '5/10 ? * * ?',
    '59 23 31 12 6',
    '@daily',
    '  0   9 * * * ',
  ])('GIVEN %j THEN it is one', (text) => {
    expect(isCronSchedule(text)).toBe(true);
  });

  test.each([
    '',
    '0 6 * *',
    '0 6 * * * *',
    '60 6 * * *',
    '0 24 * * *',
    '0 6 0 * *',
    '0 6 * 13 *',
    '0 6 * * 7',
    '0 6 * * fri-mon',
    '0 6 * * monday',
    '*/0 * * * *',
    '1-2-3 * * * *',
    '1,,2 * * * *',
    '1- * * * *',
    '5/ * * * *',
    'TZ=UTC 0 6 * * *',
    '@reboot',
    '@every 1h',
  ])('GIVEN %j THEN it is none', (text) => {
    expect(isCronSchedule(text)).toBe(false);
  });
});
