/** A section of an INI file as the launcher reads it: keys and values trimmed. */
export interface Section {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Reads an INI file as boost::property_tree does, which the launcher uses: `;` and `#` begin comments, a section or a key
 * that stands twice is an error, and so is a line that is neither.
 */
export function readIni(text: string): readonly Section[] {
  const sections: { name: string; values: Map<string, string> }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const fail = (why: string): never => {
      throw new Error(`line ${index + 1} ${JSON.stringify(line)}: ${why}`);
    };
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      const end = line.indexOf(']');
      const name = line.slice(1, end).trim();
      if (end < 0 || name === '') fail('unmatched or empty section');
      if (sections.some((section) => section.name === name)) fail('section stands twice');
      sections.push({ name, values: new Map() });
      continue;
    }
    const equals = line.indexOf('=');
    const values = sections.at(-1)?.values ?? fail('no section yet');
    const key = line.slice(0, equals).trim();
    if (equals < 1) fail('no key and value');
    if (values.has(key)) fail('key stands twice');
    values.set(key, line.slice(equals + 1).trim());
  }
  return sections;
}
