import { describe, expect, it } from 'vitest';
import { lateValue, lateValuesIn } from '../../lib/core/late-value.ts';

describe('late values (CLOUD-3)', () => {
  it('GIVEN placeholders inside texts WHEN they are looked for THEN each is named once, sorted', () => {
    const value = {
      handle: `${lateValue('homes-file-system-id')}:/homes`,
      list: [{ url: `postgresql://${lateValue('database-host')}:5432` }, lateValue('homes-file-system-id')],
    };
    expect(lateValuesIn(value)).toEqual(['database-host', 'homes-file-system-id']);
  });

  it('GIVEN a text that only looks like one WHEN it is looked for THEN nothing is found', () => {
    expect(lateValuesIn({ a: '<late:weather>', b: '<late>' })).toEqual([]);
  });
});
