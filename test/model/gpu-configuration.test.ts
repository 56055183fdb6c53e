import { describe, expect, test } from 'vitest';
import { migConfigName, sharingConfigName } from '../../lib/model/gpu-configuration.ts';

describe('GPU-2 GPU-3 names of configurations', () => {
  test('GIVEN a layout WHEN named THEN another layout has another name, and the order of profiles does not count', () => {
    expect(migConfigName({ '3g.20gb': 1, '1g.5gb': 4 })).toBe('4x1g.5gb_1x3g.20gb');
    expect(migConfigName({ '1g.5gb': 4, '3g.20gb': 1 })).toBe('4x1g.5gb_1x3g.20gb');
    expect(migConfigName({ '1g.5gb': 3, '3g.20gb': 1 })).not.toBe('4x1g.5gb_1x3g.20gb');
  });

  test('GIVEN profiles with + and a long layout WHEN named THEN the name is a label value', () => {
    const layout = { '1g.24gb+me.all': 1, '1g.24gb+gfx': 1, '1g.24gb-me': 1, '1g.24gb': 1, '2g.48gb+gfx': 1 };
    for (const name of [migConfigName({ '1g.5gb+me': 1 }), migConfigName(layout)]) {
      expect(name).toMatch(/^[A-Za-z0-9][-\w.]{0,61}[A-Za-z0-9]$/);
    }
  });

  test('GIVEN ways of sharing WHEN named THEN by what they say; whole GPUs and MIG need no name', () => {
    expect(sharingConfigName({ kind: 'time-slicing', replicas: 4, rename: true })).toBe('time-slicing-4-renamed');
    expect(sharingConfigName({ kind: 'time-slicing', replicas: 4, rename: false })).toBe('time-slicing-4');
    expect(sharingConfigName({ kind: 'exclusive' })).toBeUndefined();
    expect(sharingConfigName({ kind: 'mig', strategy: 'single', layout: { '1g.5gb': 7 } })).toBeUndefined();
  });
});
