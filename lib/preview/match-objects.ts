import type { Json, JsonObject } from '../core/json.ts';
import { type Subject, subjectKey } from './subject.ts';

/** One thing of a Bundle in the form in which all are compared. */
export interface Comparable<T> {
  readonly subject: Subject;
  readonly item: T;
  /** What is compared, field by field. */
  readonly content: JsonObject;
}

export interface Matched<T> {
  /** Of both sides, with the same identity or recognised by content. */
  readonly pairs: readonly { readonly before: Comparable<T>; readonly after: Comparable<T> }[];
  readonly added: readonly Comparable<T>[];
  readonly removed: readonly Comparable<T>[];
}

/** What renamed things must have in common at least, of the leaves of both. */
const LIKENESS = 0.75;
/** Beyond so many pairs of a kind only equal content is recognised: the search takes time as their product. */
const MOST_PAIRS = 10_000;
/** Too few leaves to be sure that two things with the same content are one: many empty ones look alike. */
const FEWEST_LEAVES = 4;

/** Leaves with their paths, the thing's own name and namespace left out, so that they may differ. */
function leavesOf({ content, subject }: Comparable<unknown>): ReadonlySet<string> {
  const own = 'name' in subject ? subject.name : '';
  const leaves = new Set<string>();
  const visit = (path: string, value: Json | undefined): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) visit(`${path}.${key}`, each);
    } else if (path !== '.metadata.namespace' && value !== undefined) {
      const text = String(value);
      leaves.add(`${path}=${own !== '' && text.includes(own) ? text.replaceAll(own, '\u0000') : text}`);
    }
  };
  visit('', content);
  return leaves;
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const leaf of one) if (other.has(leaf)) common += 1;
  return (2 * common) / (one.size + other.size);
}

const kindOf = (subject: Subject): string =>
  subject.type === 'object'
    ? `${subject.group}/${subject.kind}`
    : subject.type === 'cloud'
      ? subject.kind
      : subject.type;

function groupByKind<T>(list: readonly Comparable<T>[]): ReadonlyMap<string, readonly Comparable<T>[]> {
  const groups = new Map<string, Comparable<T>[]>();
  for (const each of list) {
    const group = groups.get(kindOf(each.subject));
    if (group) group.push(each);
    else groups.set(kindOf(each.subject), [each]);
  }
  return groups;
}

interface Candidate<T> {
  readonly before: Comparable<T>;
  readonly after: Comparable<T>;
  readonly likeness: number;
}

/** Pairs of a kind that are probably one thing under two names, the most alike first. */
function renamesOf<T>(gone: readonly Comparable<T>[], fresh: readonly Comparable<T>[]): readonly Candidate<T>[] {
  const many = gone.length * fresh.length > MOST_PAIRS;
  const freshLeaves = fresh.map((after) => ({ after, leaves: leavesOf(after) }));
  const byContent = new Map<string, { after: Comparable<T>; leaves: ReadonlySet<string> }[]>();
  if (many) {
    for (const each of freshLeaves) {
      const text = [...each.leaves].join('\n');
      byContent.set(text, [...(byContent.get(text) ?? []), each].slice(-2));
    }
  }
  const candidates = gone.flatMap((before): readonly Candidate<T>[] => {
    const leaves = leavesOf(before);
    if (leaves.size < FEWEST_LEAVES) return [];
    const others = many ? (byContent.get([...leaves].join('\n')) ?? []) : freshLeaves;
    return others
      .map(({ after, leaves: theirs }) => ({ before, after, likeness: likeness(leaves, theirs) }))
      .filter((candidate) => candidate.likeness >= LIKENESS);
  });
  return candidates.sort((a, b) => b.likeness - a.likeness);
}

/** Finds what is the same on both sides: by identity first, then, of the same kind, by content. */
export function matchAll<T>(before: readonly Comparable<T>[], after: readonly Comparable<T>[]): Matched<T> {
  const later = new Map(after.map((each) => [subjectKey(each.subject), each]));
  const pairs: { before: Comparable<T>; after: Comparable<T> }[] = [];
  const removed = new Set<Comparable<T>>();
  for (const each of before) {
    const key = subjectKey(each.subject);
    const match = later.get(key);
    if (match) {
      pairs.push({ before: each, after: match });
      later.delete(key);
    } else removed.add(each);
  }
  const added = new Set(later.values());
  const fresh = groupByKind([...added]);
  for (const [kind, gone] of groupByKind([...removed])) {
    for (const rename of renamesOf(gone, fresh.get(kind) ?? [])) {
      if (!removed.has(rename.before) || !added.has(rename.after)) continue;
      pairs.push(rename);
      removed.delete(rename.before);
      added.delete(rename.after);
    }
  }
  return { pairs, added: [...added], removed: [...removed] };
}
