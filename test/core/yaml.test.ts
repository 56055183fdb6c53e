import fc from 'fast-check';
import { dump } from 'js-yaml';
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

  test('maps and lists are laid out as js-yaml does', () => {
    // Words that all types of YAML agree on; the lines of a text, blanks before and after them, and long keys.
    const plain = fc.constantFrom('nvidia.com/gpu', 'trueish', 'null-or', 'e123456', 'Infinity', 'A_b.c-/', 'off.off');
    const odd = fc.constantFrom('a', 'b c', 'a: b', '- x', '#', "it's", 'd'.repeat(130), 'e'.repeat(1100));
    const word = fc.oneof(plain, odd);
    const lines = fc.array(fc.constantFrom('', ' ', '  in', 'word', '# no comment', '\r', '---'), { maxLength: 5 });
    const text = fc.oneof(
      word,
      lines.map((each) => each.join('\n')),
    );
    const leaf = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
    const { map } = fc.letrec((tie) => ({
      node: fc.oneof({ depthSize: 'medium' }, leaf, tie('list'), tie('map')),
      list: fc.array(tie('node'), { maxLength: 4 }),
      map: fc.dictionary(text, fc.oneof(tie('node'), fc.constant(undefined)), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(map, (value) => {
        expect(toYaml(value as never)).toBe(dump(value, { lineWidth: -1, noRefs: true, quotingType: '"' }));
      }),
      { numRuns: 1000 },
    );
  });
});
