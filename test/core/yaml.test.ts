import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { toYaml } from '../../lib/core/yaml.ts';

describe('manifests read the same in every YAML', () => {
  test.each([
    'yes',
    'No',
    'on',
    'OFF',
    'y',
    'n',
    '0755',
    '0o14',
    '0x1F',
    '1_000',
    '1e3',
    '.inf',
    '12:30',
    '~',
    'null',
    'true',
    '2026-07-20',
    '<<',
    '=',
    '',
    ' x',
    '- a',
    '#x',
    'a: b',
    "it's",
    '"q"',
    '@x',
    '`x',
    '%x',
    'x\ty',
    'x\r\ny',
    '\u2028',
    '\u00a0',
  ])('the text %j stays a text', (text) => {
    const yaml = toYaml({ a: text, [text || 'empty']: [text] });
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(yaml, { version })).toEqual({ a: text, [text || 'empty']: [text] });
    }
  });

  test('any plain data reads back as it was, by the rules of YAML 1.1 and of 1.2', () => {
    // The `yaml` package reads "." and "E0" as NaN in its 1.1 mode; YAML 1.1 wants a digit before the exponent.
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((each) => !/^[-+]?\.?(?:[eE][-+]?\d*)?$/.test(each) || each === '');
    const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
    const { data } = fc.letrec((tie) => ({
      data: fc.dictionary(
        text.filter((key) => key !== '__proto__'),
        fc.oneof({ depthSize: 'small' }, leaf, fc.array(leaf), tie('data')),
        { maxKeys: 5 },
      ),
    }));
    fc.assert(
      fc.property(data, (value) => {
        const yaml = toYaml(value as never);
        expect(parse(yaml, { version: '1.2' })).toEqual(value);
        expect(parse(yaml, { version: '1.1' })).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });
});
