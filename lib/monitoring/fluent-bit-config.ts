/** One section of Fluent Bit's classic configuration; entries in order, a key may come only once. */
export interface FluentBitSection {
  readonly kind: 'INPUT' | 'FILTER' | 'OUTPUT';
  readonly entries: Readonly<Record<string, string | number | boolean>>;
}

function renderValue(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'On' : 'Off') : String(value);
}

/** Text of the sections. Values hold no line break and no `{{`: the chart reads the text as a template of its own. */
export function renderFluentBit(sections: readonly FluentBitSection[]): string {
  return sections
    .map(({ kind, entries }) => {
      const lines = Object.entries(entries).map(([key, value]) => `    ${key} ${renderValue(value)}\n`);
      return `[${kind}]\n${lines.join('')}`;
    })
    .join('\n');
}
