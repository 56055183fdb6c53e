const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 allows nowhere, not even escaped, and what else no reader sees: control characters, halves of pairs. */
const FORBIDDEN = /(?![\t\n\r])\p{Control}|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;

/** Any text as XML and HTML show it letter by letter, in content and in attributes. */
function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Markup that needs no more escaping. */
export interface Markup {
  readonly markup: string;
}

export type Content = Markup | string | readonly Content[];

/** Content as markup: texts are escaped, lists are joined. */
export function render(content: Content): string {
  if (typeof content === 'string') return escapeXml(content);
  return 'markup' in content ? content.markup : content.map(render).join('');
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`))
    .join('');
}

/** An element with both tags, as SVG and HTML take it. */
export function element(name: string, attributes: Attributes = {}, ...content: readonly Content[]): Markup {
  return { markup: `<${name}${attributesOf(attributes)}>${render(content)}</${name}>` };
}

/** An element that ends at once: `<rect/>`, `<meta/>`. */
export function emptyElement(name: string, attributes: Attributes): Markup {
  return { markup: `<${name}${attributesOf(attributes)}/>` };
}
