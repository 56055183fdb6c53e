import { type Font, textWidth } from './text-width.ts';

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each, so that none is cut in two. */
function graphemes(text: string): readonly string[] {
  return Array.from(segments.segment(text), ({ segment }) => segment);
}

/** The most characters from the beginning that fit, at least one. */
function longestStart(characters: readonly string[], width: number, font: Font): number {
  let taken = 0;
  let used = 0;
  for (const character of characters) {
    used += textWidth(character, font);
    if (used > width && taken > 0) break;
    taken += 1;
  }
  return taken;
}

/** The text, or its beginning and an ellipsis where it is too long. */
export function fitText(text: string, width: number, font: Font): string {
  if (textWidth(text, font) <= width) return text;
  const characters = graphemes(text);
  const count = longestStart(characters, width - textWidth('…', font), font);
  return `${characters.slice(0, count).join('').trimEnd()}…`;
}

/** Words, and parts of those that are too long for a line. */
function pieces(text: string, width: number, font: Font): readonly string[] {
  return text.split(/\s+/).flatMap((word) => {
    const parts: string[] = [];
    let rest = graphemes(word);
    while (rest.length > 0 && textWidth(rest.join(''), font) > width) {
      const count = longestStart(rest, width, font);
      parts.push(rest.slice(0, count).join(''));
      rest = rest.slice(count);
    }
    return rest.length > 0 ? [...parts, rest.join('')] : parts;
  });
}

/** The text in lines, at most so many; where there is more, the last one ends in an ellipsis. */
export function wrapText(text: string, width: number, font: Font, most: number): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces(text, width, font)) {
    const last = lines.at(-1);
    const longer = last === undefined ? piece : `${last} ${piece}`;
    if (last !== undefined && textWidth(longer, font) <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  const [end = '', ...more] = lines.slice(most - 1);
  return more.length === 0 ? lines : [...lines.slice(0, most - 1), fitText([end, ...more].join(' '), width, font)];
}
