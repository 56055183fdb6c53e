const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function quote(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] ?? character);
}

function byBytes([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/**
 * Plain data as Go's `encoding/json` writes maps: keys in the order of their bytes, no spaces, `<`, `>`, `&`, U+2028
 * and U+2029 escaped. Equal texts mean equal data, whatever the order of keys was.
 */
export function marshalGoJson(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(marshalGoJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${entries
      .sort(byBytes)
      .map(([key, item]) => `${quote(key)}:${marshalGoJson(item)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}
