import type { Drawing } from '../drawing/drawing.ts';
import { type Chip, chips, paragraph, type Row, space, stack } from '../drawing/rows.ts';
import { PAGE, type PageWidth } from './page-width.ts';

/** What a picture says about itself. */
export interface PageText {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  /** What its colours and lines mean. */
  readonly legend: readonly LegendEntry[];
}

export interface LegendEntry {
  readonly chip: Chip;
  readonly meaning: string;
}

function legendRow({ chip, meaning }: LegendEntry): Row {
  return (width) => {
    const label = chips([chip])(width);
    const [box] = label.draw(0, 0);
    const indent = (box?.kind === 'box' ? box.width : 0) + 10;
    const text = paragraph(meaning, 'note', 6)(width - indent);
    return {
      height: Math.max(label.height, text.height) + 6,
      draw: (x, y) => [...label.draw(x, y), ...text.draw(x + indent, y + 1)],
    };
  };
}

/** A picture with its title above and its legend below. */
export function page({ name, title, subtitle, description, legend }: PageText, body: Row, size: PageWidth): Drawing {
  const { width, margin } = PAGE[size];
  const rows = stack([
    paragraph(title, 'title', 2),
    space(2),
    paragraph(subtitle, 'subtitle', 4),
    space(20),
    body,
    space(24),
    ...legend.map(legendRow),
  ])(width - 2 * margin);
  const shapes = rows.draw(margin, margin);
  return { name, title, description, width, height: rows.height + 2 * margin, shapes };
}
