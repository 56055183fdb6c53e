import { describe, expect, it } from 'vitest';
import { celList, celMap, celString, celText, literal } from '../../lib/policies/cel.ts';

describe('CEL text', () => {
  it('GIVEN text with quotes, backslashes and line breaks WHEN it becomes a literal THEN each is escaped', () => {
    expect(celString(`it's a "path\\to"\nnowhere\u0007`)).toBe(`'it\\'s a "path\\\\to"\\nnowhere\\u0007'`);
  });

  it('GIVEN lists and maps WHEN they are written THEN every text is a literal', () => {
    expect(celList([])).toBe('[]');
    expect(celList(["a'b", 'c'])).toBe(`['a\\'b', 'c']`);
    expect(
      celMap([
        ['', '0'],
        ["a'b", '1'],
      ]),
    ).toBe(`{'': 0, 'a\\'b': 1}`);
  });

  it('GIVEN a message WHEN it is composed THEN known text is joined and expressions are added in order', () => {
    const name = 'object.metadata.name';
    expect(celText`Pod "${name}" is bad. ${literal("Don't.")} Bye ${name}`).toBe(
      `'Pod "' + object.metadata.name + '" is bad. Don\\'t. Bye ' + object.metadata.name`,
    );
  });

  it('GIVEN an expression that binds less than "+" WHEN it is interpolated THEN it is set in parentheses', () => {
    expect(celText`${"a ? 'x' : 'y'"}!`).toBe(`(a ? 'x' : 'y') + '!'`);
  });
});
