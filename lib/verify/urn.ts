/** What a Pulumi URN says of a resource: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. */
export interface Urn {
  readonly stack: string;
  /** Logical name; binder: `kind/namespace/name`, or `kind/name` where the kind has no namespace. */
  readonly name: string;
}

const PREFIX = 'urn:pulumi:';

/** Reads a URN; `undefined` where the text is none. Names may hold `::` themselves. */
export function parseUrn(text: string): Urn | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const [stack, project, types, ...name] = text.slice(PREFIX.length).split('::');
  if (!stack || !project || !types || name.length === 0) return undefined;
  return { stack, name: name.join('::') };
}
