import { describe, expect, it } from 'vitest';
import { formatIni, formatIniList, type IniSection } from '../../lib/workbench/ini.ts';
import { placementToken } from '../../lib/workbench/placement-token.ts';
import { readIni } from './ini.ts';

describe('INI files', () => {
  it('GIVEN sections WHEN written and read THEN order, names and values are the same, empty values too', () => {
    const sections: readonly IniSection[] = [
      { name: '*', entries: { b: '1', a: '' } },
      { name: '@Group', entries: { title: 'a = b; c' } },
    ];
    const read = readIni(formatIni(sections));
    expect(read.map(({ name }) => name)).toEqual(['*', '@Group']);
    expect(read.map(({ values }) => Object.fromEntries(values))).toEqual(sections.map(({ entries }) => entries));
    expect([...(read[0]?.values.keys() ?? [])]).toEqual(['b', 'a']);
  });

  it.each([
    ['a value with a line break', [{ name: 'a', entries: { key: 'x\nother=1' } }]],
    ['a name that closes its bracket', [{ name: 'a]', entries: {} }]],
    ['a key with an equals sign', [{ name: 'a', entries: { 'k=v': '' } }]],
    [
      'two sections of one name',
      [
        { name: 'a', entries: {} },
        { name: 'a', entries: {} },
      ],
    ],
  ])('GIVEN %s WHEN written THEN it is refused', (_, sections) => {
    expect(() => formatIni(sections)).toThrow();
  });

  it('GIVEN an item with a comma WHEN a list is written THEN it is refused', () => {
    expect(formatIniList(['a', 'b'])).toBe('a,b');
    expect(() => formatIniList(['a,b'])).toThrow();
  });

  it.each([
    ['a:b', 'c'],
    ['a', 'b=c'],
    ['a', ''],
    ['a', 'b c'],
    ['a', 'b,c'],
  ])('WB-3: GIVEN the constraint %j: %j WHEN it becomes a token THEN it is refused', (name, value) => {
    expect(() => placementToken({ name, value })).toThrow('key:value');
    expect(placementToken({ name: 'atelier.dev/mig-1g.5gb', value: 'true' })).toBe('atelier.dev/mig-1g.5gb:true');
  });
});
