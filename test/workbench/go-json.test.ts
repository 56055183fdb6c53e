import { expect, it } from 'vitest';
import { marshalGoJson } from '../../lib/workbench/go-json.ts';

it('WB-2: GIVEN keys in any order WHEN marshalled THEN they stand in the order of their bytes, without spaces', () => {
  // U+FF5E sorts before U+1F600 by bytes, after it by UTF-16 code units.
  const data = { b: [1, true, null], '\u{1f600}': 1, '\uff5e': 2, a: { d: undefined, c: '' } };
  expect(marshalGoJson(data)).toBe('{"a":{"c":""},"b":[1,true,null],"\uff5e":2,"\u{1f600}":1}');
});

it('WB-2: GIVEN characters that are special to HTML or JavaScript WHEN marshalled THEN escaped as by Go', () => {
  expect(marshalGoJson('<a & "b">\u2028\u2029\n\u007f')).toBe(
    '"\\u003ca \\u0026 \\"b\\"\\u003e\\u2028\\u2029\\n\u007f"',
  );
});
