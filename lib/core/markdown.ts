const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // No mention of people and no link to an issue: the text is about objects.
  '@': '&#64;',
  '#': '&#35;',
  '|': '&#124;',
  '*': '&#42;',
  _: '&#95;',
  '`': '&#96;',
  ']': '&#93;',
  '~': '&#126;',
  $: '&#36;',
  '\\': '&#92;',
};

/** Any text as Markdown shows it letter by letter, on one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[&<>@|*_`$\\]|#(?=\d)|\](?=\()|~(?=~)/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(/\s*[\r\n]+\s*/g, ' ');
}

/** Lines as a fenced block; the fence is longer than any in the lines. */
export function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length)));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

/** A part that is folded until somebody opens it. `summary` is Markdown already. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
