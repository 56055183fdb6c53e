import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitText, wrapText } from '../../lib/graph/drawing/fit-text.ts';
import { textWidth } from '../../lib/graph/drawing/text-width.ts';

const font = fc.record({ size: fc.integer({ min: 11, max: 20 }), bold: fc.boolean() });
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.lorem({ maxCount: 20 }));

describe('texts of pictures fit their place (PROVE-4)', () => {
  test('GIVEN any text WHEN it is cut THEN it is at most as wide as its place, and whole where it fits', () => {
    fc.assert(
      fc.property(anyText, font, fc.integer({ min: 60, max: 900 }), (text, look, width) => {
        const shown = fitText(text, width, look);
        expect(textWidth(shown, look)).toBeLessThanOrEqual(width);
        if (textWidth(text, look) <= width) expect(shown).toBe(text);
        else expect(shown.endsWith('…')).toBe(true);
      }),
    );
  });

  test('GIVEN any text WHEN it is wrapped THEN no line is wider and there are no more lines than asked for', () => {
    fc.assert(
      fc.property(
        anyText,
        font,
        fc.integer({ min: 60, max: 400 }),
        fc.integer({ min: 1, max: 5 }),
        (text, look, width, most) => {
          const lines = wrapText(text, width, look, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(textWidth(line, look)).toBeLessThanOrEqual(width);
          const words = (value: string): string => value.replace(/\s+/g, '');
          if (!lines.at(-1)?.endsWith('…')) expect(words(lines.join(''))).toBe(words(text));
        },
      ),
    );
  });

  test('GIVEN a sign of several code points WHEN the text is cut there THEN the sign stays whole', () => {
    const family = '👩‍👩‍👧';
    const shown = fitText(family.repeat(20), 120, { size: 12, bold: false });
    expect(shown.slice(0, -1).replaceAll(family, '')).toBe('');
  });
});
