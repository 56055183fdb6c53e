import type { Json } from '../../lib/core/json.ts';

/** Something that is known once a resource exists: what `Ref` gives of it, or one of its attributes. */
export interface Reference {
  /** Name of the resource in its template. */
  readonly resource: string;
  /** Left out: what `Ref` gives. */
  readonly attribute?: string;
}

/** Unlike anything that a program writes, and whole wherever it is put: in JSON, in another text. */
const TOKEN = /<<(\w+)(?:\.([\w.]+))?>>/g;

/** A reference as a text, which stands for its value until the template is written. */
export function tokenOf({ resource, attribute }: Reference): string {
  return `<<${resource}${attribute === undefined ? '' : `.${attribute}`}>>`;
}

/** The references in a text. */
function referencesIn(text: string): readonly Reference[] {
  return [...text.matchAll(TOKEN)].map(([, resource = '', attribute]) =>
    attribute === undefined ? { resource } : { resource, attribute },
  );
}

/** The reference that a value stands for; `undefined` where it is anything else, or has more in it than one. */
export function referenceOf(value: unknown): Reference | undefined {
  if (typeof value !== 'string') return undefined;
  const [reference] = referencesIn(value);
  return reference && tokenOf(reference) === value ? reference : undefined;
}

function written(text: string): Json {
  const reference = referenceOf(text);
  if (reference) {
    const { resource, attribute } = reference;
    return attribute === undefined ? { Ref: resource } : { 'Fn::GetAtt': [resource, attribute] };
  }
  if (referencesIn(text).length === 0) return text;
  return { 'Fn::Sub': text.replaceAll('${', '${!').replaceAll(TOKEN, (token) => `\${${token.slice(2, -2)}}`) };
}

/** A text in which something plausible stands for all references. */
export function withoutReferences(text: string, value: string): string {
  return text.replaceAll(TOKEN, value);
}

/** Data whose references are written as CloudFormation's functions. */
export function withFunctions(value: Json): Json {
  if (typeof value === 'string') return written(value);
  if (Array.isArray(value)) return value.map(withFunctions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withFunctions(each as Json)]));
}
