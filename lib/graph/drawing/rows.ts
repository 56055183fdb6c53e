import type { Box, Shape, Text } from './drawing.ts';
import { fitText, wrapText } from './fit-text.ts';
import { type Accent, BOX_LOOKS, TEXT_LOOKS, type TextLook } from './looks.ts';
import { textWidth } from './text-width.ts';

/** Something as wide as it is told that knows its height; rows are stacked to cards. */
export type Row = (width: number) => {
  readonly height: number;
  readonly draw: (x: number, y: number) => readonly Shape[];
};

const LINE_HEIGHT = 1.45;
/** From the top of a line to its baseline, as a share of the size. */
const ASCENT = 1.08;

const lineHeight = (look: TextLook): number => Math.round(TEXT_LOOKS[look].size * LINE_HEIGHT);
const baseline = (look: TextLook): number => Math.round(TEXT_LOOKS[look].size * ASCENT);

/** A text cut to the width, its whole said on pointing. `y` is the top of the line; `x` the side it is anchored to. */
export function textAt(
  x: number,
  y: number,
  width: number,
  text: string,
  look: TextLook,
  anchor?: Text['anchor'],
): Text {
  const shown = fitText(text, width, TEXT_LOOKS[look]);
  return {
    kind: 'text',
    x,
    y: y + baseline(look),
    text: shown,
    look,
    ...(anchor ? { anchor } : {}),
    ...(shown === text ? {} : { full: text }),
  };
}

/** Text in at most so many lines. */
export function paragraph(text: string, look: TextLook, most = 1): Row {
  return (width) => {
    const lines = wrapText(text, width, TEXT_LOOKS[look], most);
    const cut = lines.at(-1)?.endsWith('…') === true && !text.endsWith('…');
    return {
      height: lines.length * lineHeight(look),
      draw: (x, y) =>
        lines.map((line, index) => ({
          ...textAt(x, y + index * lineHeight(look), width, line, look),
          ...(cut && index === lines.length - 1 ? { full: text } : {}),
        })),
    };
  };
}

export interface Chip {
  readonly text: string;
  readonly accent: Accent;
}

const CHIP = { padding: 8, height: 20, gap: 6 };

function chipWidth({ text, accent }: Chip, most: number): number {
  return Math.min(most, Math.ceil(textWidth(text, TEXT_LOOKS[accent])) + 2 * CHIP.padding);
}

function chipAt(x: number, y: number, width: number, { text, accent }: Chip): Box {
  const label = textAt(x + CHIP.padding, y + 1, width - 2 * CHIP.padding + 1, text, accent);
  return { kind: 'box', x, y, width, height: CHIP.height, look: `${accent}Soft`, content: [label] };
}

/** Chips side by side, in as many lines as they need. */
export function chips(all: readonly Chip[]): Row {
  return (width) => {
    const placed: { readonly chip: Chip; readonly x: number; readonly line: number; readonly width: number }[] = [];
    let x = 0;
    let line = 0;
    for (const chip of all) {
      const wide = chipWidth(chip, width);
      if (x > 0 && x + wide > width) {
        x = 0;
        line += 1;
      }
      placed.push({ chip, x, line, width: wide });
      x += wide + CHIP.gap;
    }
    const step = CHIP.height + 4;
    return {
      height: all.length === 0 ? 0 : (line + 1) * step - 4,
      draw: (left, top) => placed.map((each) => chipAt(left + each.x, top + each.line * step, each.width, each.chip)),
    };
  };
}

/** A name, and chips to the right of it where there is room, else below. */
export function heading(text: string, all: readonly Chip[], look: TextLook = 'name'): Row {
  return (width) => {
    const chipsWidth = all.reduce((sum, chip) => sum + chipWidth(chip, width) + CHIP.gap, 0);
    const room = width - chipsWidth - CHIP.gap;
    if (all.length > 0 && textWidth(text, TEXT_LOOKS[look]) > room) {
      return stack([paragraph(text, look, 2), space(4), chips(all)])(width);
    }
    return {
      height: Math.max(lineHeight(look), all.length > 0 ? CHIP.height : 0),
      draw: (x, y) => {
        let right = x + width - chipsWidth + CHIP.gap;
        const boxes = all.map((chip) => {
          const wide = chipWidth(chip, width);
          const box = chipAt(right, y, wide, chip);
          right += wide + CHIP.gap;
          return box;
        });
        return [textAt(x, y, Math.max(room, 0) || width, text, look), ...boxes];
      },
    };
  };
}

export interface Cell {
  readonly text: string;
  readonly look: TextLook;
  /** Share of the row's width. */
  readonly share: number;
  /** @default false */
  readonly right?: boolean;
}

const CELL_GAP = 10;

/** Texts in columns, each cut to its own. */
export function columns(cells: readonly Cell[]): Row {
  return (width) => ({
    height: Math.max(...cells.map(({ look }) => lineHeight(look))),
    draw: (x, y) => {
      let left = x;
      return cells.flatMap(({ text, look, share, right }, index): readonly Shape[] => {
        const full = width * share;
        const room = full - (index === cells.length - 1 ? 0 : CELL_GAP);
        const start = left;
        left += full;
        if (text === '') return [];
        return [right ? textAt(start + room, y, room, text, look, 'end') : textAt(start, y, room, text, look)];
      });
    },
  });
}

/** Empty room. */
export function space(height: number): Row {
  return () => ({ height, draw: () => [] });
}

/** Rows one below the other. */
export function stack(rows: readonly Row[]): Row {
  return (width) => {
    const placed = rows.map((row) => row(width));
    return {
      height: placed.reduce((sum, { height }) => sum + height, 0),
      draw: (x, y) => {
        let top = y;
        return placed.flatMap(({ height, draw }) => {
          const shapes = draw(x, top);
          top += height;
          return shapes;
        });
      },
    };
  };
}

const CARD = { side: 16, top: 12, bottom: 12, stripe: 4 };

/** Rows on a card, with a stripe of its colour at the left. */
export function card(rows: readonly Row[], accent: Accent, look: 'card' | 'badCard' = 'card', label?: string): Row {
  return (width) => {
    const inside = stack(rows)(width - 2 * CARD.side);
    const height = inside.height + CARD.top + CARD.bottom;
    return {
      height,
      draw: (x, y) => {
        const inset = BOX_LOOKS[look].radius;
        const stripe: Box = {
          kind: 'box',
          x,
          y: y + inset,
          width: CARD.stripe,
          height: height - 2 * inset,
          look: accent,
        };
        const content = [stripe, ...inside.draw(x + CARD.side, y + CARD.top)];
        return [{ kind: 'box', x, y, width, height, look, content, ...(label === undefined ? {} : { label }) }];
      },
    };
  };
}

/** Rows beside each other, all of one width. */
export function sideBySide(rows: readonly Row[], gap: number): Row {
  return (width) => {
    const each = (width - gap * (rows.length - 1)) / rows.length;
    const placed = rows.map((row) => row(each));
    return {
      height: Math.max(0, ...placed.map(({ height }) => height)),
      draw: (x, y) => placed.flatMap(({ draw }, index) => draw(x + index * (each + gap), y)),
    };
  };
}
