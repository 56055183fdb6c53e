import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../core/json.ts';
import type { ListItem, Segment } from './change.ts';

/** Fields that tell the items of a list apart, tried in this order until one does on both sides. */
const IDENTITIES: readonly (readonly string[])[] = [
  ['mountPath'],
  ['containerPort', 'protocol'],
  ['name', 'kind', 'namespace'],
  ['name'],
  ['key', 'effect'],
  ['key'],
  ['deviceName'],
  ['device'],
  ['type'],
  ['port', 'protocol'],
  ['port'],
  ['host'],
  ['path'],
  ['id'],
  ['title'],
  ['expression'],
];

/** Lists in which order means nothing to whoever reads them: a change of order alone is counted, not shown. */
const UNORDERED: ReadonlySet<string> = new Set([
  'accessModes',
  'apiGroups',
  'egress',
  'from',
  'imagePullSecrets',
  'ingress',
  'matchExpressions',
  'operations',
  'policyTypes',
  'ports',
  'requirements',
  'resources',
  'startupTaints',
  'subjects',
  'taints',
  'to',
  'tolerations',
  'values',
  'verbs',
  'volumeMounts',
  'volumes',
  'zones',
]);

/** Two items that are the same one, an item that went, or one that is new. */
export interface ItemPair extends ListItem {
  readonly same?: boolean;
}

export interface MatchedLists {
  readonly pairs: readonly ItemPair[];
  /** Whether what stayed stands in another order, in a list where that matters. */
  readonly reordered: boolean;
  /** The same in a list where it does not. */
  readonly shuffled: boolean;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `--flag=value` is known by its flag. */
const flagOf = (item: string): string | undefined => /^(--?[\w.-]+)=/.exec(item)?.[1];

type Labels = readonly string[] | undefined;

function unique(labels: readonly (string | undefined)[]): Labels {
  const known = labels.filter((label): label is string => label !== undefined);
  return known.length === labels.length && new Set(known).size === known.length ? known : undefined;
}

function labelsBy(list: readonly Json[], fields: readonly string[]): Labels {
  const [required = ''] = fields;
  return unique(
    list.map((item) => {
      if (!isObject(item) || item[required] === undefined || typeof item[required] === 'object') return undefined;
      return fields
        .filter((field) => item[field] !== undefined && typeof item[field] !== 'object')
        .map((field) => `${field}=${String(item[field])}`)
        .join(',');
    }),
  );
}

function identify(before: readonly Json[], after: readonly Json[]): readonly [Labels, Labels] {
  const all = [...before, ...after];
  if (all.every(isObject)) {
    for (const fields of IDENTITIES) {
      const [from, to] = [labelsBy(before, fields), labelsBy(after, fields)];
      if (from && to) return [from, to];
    }
  }
  if (all.every((item) => typeof item === 'string')) {
    // A flag that may be given several times is known by the whole of it.
    for (const label of [(item: Json): string => flagOf(item as string) ?? (item as string), String]) {
      const [from, to] = [unique(before.map(label)), unique(after.map(label))];
      if (from && to) return [from, to];
    }
  }
  return [undefined, undefined];
}

function pairByLabel(before: readonly string[], after: readonly string[]): readonly ItemPair[] {
  const places = new Map(after.map((label, index) => [label, index]));
  const kept = new Set(before);
  return [
    ...before.map((label, index): ItemPair => {
      const place = places.get(label);
      return place === undefined ? { label, before: index } : { label, before: index, after: place };
    }),
    ...after.flatMap((label, index): ItemPair[] => (kept.has(label) ? [] : [{ label, after: index }])),
  ];
}

/** Items without identity: equal ones first, then what is left in order, as long as both are maps or lists. */
function pairByContent(before: readonly Json[], after: readonly Json[]): readonly ItemPair[] {
  const free = new Map<string, number[]>();
  after.forEach((item, index) => {
    const text = JSON.stringify(item);
    free.set(text, [...(free.get(text) ?? []), index]);
  });
  const equal = before.map((item) => free.get(JSON.stringify(item))?.shift());
  const taken = new Set(equal);
  const rest = after.map((_, index) => index).filter((index) => !taken.has(index));
  const pairs = before.map((item, index): ItemPair => {
    const same = equal[index];
    if (same !== undefined) return { label: String(index), before: index, after: same, same: true };
    const next = rest.findIndex((each) => typeof item === 'object' && typeof after[each] === 'object');
    if (next < 0) return { label: String(index), before: index };
    const [place] = rest.splice(next, 1);
    return place === undefined
      ? { label: String(index), before: index }
      : { label: String(index), before: index, after: place };
  });
  return [...pairs, ...rest.map((index): ItemPair => ({ label: String(index), after: index }))];
}

/** Finds in two versions of a list the items that are the same one: by identity where they have one, else by content. */
export function matchLists(path: readonly Segment[], before: readonly Json[], after: readonly Json[]): MatchedLists {
  const [from, to] = identify(before, after);
  const pairs = from && to ? pairByLabel(from, to) : pairByContent(before, after);
  const places = pairs.flatMap((pair) => (pair.before === undefined || pair.after === undefined ? [] : [pair.after]));
  const moved = places.some((place, index) => index > 0 && place < (places[index - 1] ?? 0));
  const last = path.findLast((segment) => typeof segment === 'string');
  const unordered = typeof last === 'string' && UNORDERED.has(last);
  return { pairs, reordered: moved && !unordered, shuffled: moved && unordered };
}

/** Labels of a list's items in their order, for a change of order alone. */
export function itemLabels(list: readonly Json[]): readonly string[] {
  const [labels] = identify(list, list);
  return labels ?? list.map((item) => (isDeepStrictEqual(item, null) ? 'null' : JSON.stringify(item)));
}
