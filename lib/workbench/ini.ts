/** One section of an INI file; keys and values in the order in which they are written. */
export interface IniSection {
  readonly name: string;
  readonly entries: Readonly<Record<string, string>>;
}

function checked(what: string, text: string, forbidden: RegExp): string {
  if (forbidden.test(text)) throw new Error(`${what} ${JSON.stringify(text)} cannot be written to an INI file.`);
  return text;
}

function formatSection({ name, entries }: IniSection): string {
  const lines = Object.entries(entries).map(
    ([key, value]) => `${checked('Key', key, /[\s=[\];#]/)}=${checked('Value', value, /[\r\n]/)}\n`,
  );
  return `[${checked('Section', name, /[\s[\]]/)}]\n${lines.join('')}`;
}

/**
 * Sections as an INI file, in their order. The chart takes such a text as it is, while it sorts the keys of a map, and
 * the launcher lets the last of several sections win and shows profiles in the order of the file.
 *
 * @throws Error where a name, key or value would change the structure of the file, or two sections share a name, for
 * which the launcher rejects the whole file: a mistake of the caller, not of the environment.
 */
export function formatIni(sections: readonly IniSection[]): string {
  const names = new Set(sections.map(({ name }) => name));
  if (names.size < sections.length) throw new Error('Two sections of an INI file have one name.');
  return sections.map(formatSection).join('\n');
}

/** Items of a list in an INI value; the launcher splits at commas. */
export function formatIniList(items: readonly string[]): string {
  return items.map((item) => checked('List item', item, /[,\s]/)).join(',');
}
