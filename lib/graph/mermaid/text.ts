/** Letters that mean something to Mermaid inside of quotes, or to the Markdown and HTML it draws with. */
const ENTITIES: Readonly<Record<string, string>> = {
  '"': 'quot',
  '#': '35',
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '`': '96',
  '*': '42',
  _: '95',
  '\\': '92',
};

/** A text in quotes, letter by letter as it is. Lines of the label are apart. */
export function mermaidLabel(...lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line.replace(/["#&<>`*_\\]/g, (sign) => `#${ENTITIES[sign]};`).replace(/\s+/g, ' '),
  );
  return `"${escaped.join('<br/>')}"`;
}

/** A text of a Gantt chart, which knows no quotes: what would end it is replaced. */
export function ganttText(text: string): string {
  return text
    .replace(/[:;#,\r\n%]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Cut to a length; labels of Mermaid do not break by themselves. */
export function shortened(text: string, most = 60): string {
  const characters = Array.from(text);
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text;
}

/** What a chart is called, and what it shows: Mermaid's own accessible title and description. */
export function chartHead(kind: string, title: string): readonly string[] {
  return [kind, `  accTitle: ${ganttText(title)}`];
}
