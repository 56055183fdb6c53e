const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A CEL string literal of any text; quotes, backslashes and control characters are escaped (CEL spec, "String values"). */
export function celString(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
  const escaped = text.replace(/[\\'\u0000-\u001f\u007f]/g, (character) => {
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${escaped}'`;
}

/** A CEL list of string literals. */
export function celList(texts: readonly string[]): string {
  return `[${texts.map(celString).join(', ')}]`;
}

/** A CEL map; the values are expressions. */
export function celMap(entries: readonly (readonly [key: string, expression: string])[]): string {
  return `{${entries.map(([key, expression]) => `${celString(key)}: ${expression}`).join(', ')}}`;
}

/** Text that is known at synth time, as part of a message. */
export interface LiteralText {
  readonly literal: string;
}

export const literal = (text: string): LiteralText => ({ literal: text });

// Of what stands in messages, only these bind less tightly than the "+" that joins the parts.
const LOOSE_OPERATOR = / (\?|:|\|\||&&|==|!=|<|>|in) /;

/**
 * A CEL expression of type string: text around interpolated CEL expressions of type string, so that a message reads in
 * the code as it reads to the user. Known text is interpolated as `literal`.
 */
export function celText(texts: TemplateStringsArray, ...values: readonly (string | LiteralText)[]): string {
  const parts: string[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push(celString(text));
    text = '';
  };
  texts.forEach((piece, index) => {
    text += piece;
    const value = values[index];
    if (typeof value === 'object') text += value.literal;
    if (typeof value !== 'string') return;
    flush();
    parts.push(LOOSE_OPERATOR.test(value) ? `(${value})` : value);
  });
  flush();
  return parts.join(' + ');
}
