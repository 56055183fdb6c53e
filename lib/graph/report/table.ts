import { type Content, element, emptyElement, type Markup, render } from '../drawing/xml.ts';

/** A column of a table: what stands above it, and in it. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Content;
  /** Share of the width; shares of all columns are added up. */
  readonly share: number;
  /** Numbers stand at the right. @default false */
  readonly numeric?: boolean;
}

/**
 * A table whose first column says what each row is about. On narrow screens rows become blocks, with the titles of the
 * columns before their cells; roles are stated, because browsers forget them where CSS changes how a table is laid out.
 */
export function table<T>(caption: string, columns: readonly Column<T>[], rows: readonly T[]): Markup {
  const look = ({ numeric }: Column<T>) => (numeric ? { class: 'number' } : {});
  const head = columns.map((column) =>
    element('th', { scope: 'col', role: 'columnheader', ...look(column) }, column.title),
  );
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) =>
    emptyElement('col', { style: `width:${((100 * share) / total).toFixed(1)}%` }),
  );
  const body = rows.map((row) => {
    const cells = columns.map((column, index) => {
      const content = column.cell(row);
      if (index === 0) return element('th', { scope: 'row', role: 'rowheader' }, content);
      const text = render(content);
      // One child, so that title and content stand beside each other on narrow screens.
      return element(
        'td',
        { role: 'cell', 'data-title': column.title, ...look(column) },
        text === '' ? '' : element('div', {}, content),
      );
    });
    return [element('tr', { role: 'row' }, cells), '\n'];
  });
  return element(
    'table',
    { role: 'table' },
    element('caption', {}, caption),
    element('colgroup', {}, widths),
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, head)),
    '\n',
    element('tbody', { role: 'rowgroup' }, '\n', body),
  );
}

/** Texts one below the other, in one cell. */
export function lines(texts: readonly Content[]): Content {
  return texts.map((text) => element('div', {}, text));
}

/** Text in which backticks set code apart, as our own sentences do. */
export function prose(text: string): Content {
  return text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

/** A key, a taint, a path: lines may break after its signs, and only then within its words. */
export function breakable(text: string): Content {
  return text.split(/(?<=[=:/])/).flatMap((part, index) => (index === 0 ? [part] : [{ markup: '<wbr>' }, part]));
}
