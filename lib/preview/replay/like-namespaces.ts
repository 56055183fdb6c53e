import type { AdmissionPolicy } from '../../admission/policy.ts';
import type { Manifest } from '../../bundle/bundle.ts';
import { type JsonObject, objectOr } from '../../core/json.ts';

/** Namespaces that no policy tells apart. */
export interface LikeNamespaces {
  /** The one that is judged for all. */
  readonly before: Manifest;
  readonly after: Manifest;
  readonly names: readonly string[];
}

const LITERAL = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g;

const literalsIn = (text: string): readonly string[] =>
  [...text.matchAll(LITERAL)].map(([, single, double]) => single ?? double ?? '');

/** Every text that policies compare with: names of namespaces, keys and values of labels. */
export function literalsOf(policies: readonly AdmissionPolicy[]): ReadonlySet<string> {
  const texts = policies.flatMap(({ conditions, variables, validations, exceptions, match, bindings }) => [
    ...[...conditions, ...variables, ...validations].map(({ expression }) => expression),
    ...exceptions.flatMap((each) => each.conditions.map(({ expression }) => expression)),
    JSON.stringify([match, bindings]),
  ]);
  return new Set(texts.flatMap(literalsIn));
}

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Names in exceptions that speak of a namespace: ServiceAccounts, unless they are something else and match nothing. */
export function exceptedAccounts(policies: readonly AdmissionPolicy[], namespace: string): readonly string[] {
  const texts = policies.flatMap(({ exceptions }) =>
    exceptions.map(({ conditions }) => conditions.flatMap(({ expression }) => literalsIn(expression))),
  );
  const names = texts.filter((literals) => literals.includes(namespace)).flat();
  return [...new Set(names)].filter((name) => DNS_LABEL.test(name) && name !== namespace && name !== 'default');
}

function known(map: JsonObject, literals: ReadonlySet<string>): readonly (readonly [string, unknown])[] {
  return Object.entries(map)
    .filter(([key]) => literals.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What policies can see of a namespace: its name where one of them says it, and labels and annotations that one asks for. */
function appearance({ metadata }: Manifest, literals: ReadonlySet<string>): string {
  const { name, labels, annotations } = metadata;
  const seen = [known(objectOr(labels), literals), known(objectOr(annotations), literals)];
  return JSON.stringify(literals.has(name) ? [name, ...seen] : seen);
}

/**
 * Namespaces of both versions, grouped by how they look to the policies before and after. `filled` tells apart what is
 * filled in in their pods, which policies see as well.
 */
export function likeNamespaces(
  pairs: readonly (readonly [before: Manifest, after: Manifest])[],
  literals: ReadonlySet<string>,
  filled: (namespace: string) => string,
): readonly LikeNamespaces[] {
  const groups = new Map<string, { before: Manifest; after: Manifest; names: string[] }>();
  for (const [before, after] of pairs) {
    const key = `${appearance(before, literals)} ${appearance(after, literals)} ${filled(after.metadata.name)}`;
    const group = groups.get(key);
    if (group) group.names.push(after.metadata.name);
    else groups.set(key, { before, after, names: [after.metadata.name] });
  }
  return [...groups.values()];
}
