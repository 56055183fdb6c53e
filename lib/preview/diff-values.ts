import type { Json, JsonObject } from '../core/json.ts';
import type { FieldChange, Segment } from './change.ts';
import { itemLabels, matchLists } from './list-identity.ts';
import { isSameQuantity } from './quantity-field.ts';
import { isSecretPath } from './secrets.ts';
import { diffTexts } from './text-diff.ts';

/** Every field that differs, and how many are only written differently. */
export interface ValueDiff {
  readonly fields: readonly FieldChange[];
  readonly sameMeaning: number;
}

export interface DiffOptions {
  /** Whether a value below this path is a secret whatever it is called, as the data of a Secret are. */
  readonly isSecret?: (path: readonly Segment[]) => boolean;
}

interface Collector {
  readonly fields: FieldChange[];
  readonly isSecret: (path: readonly Segment[]) => boolean;
  sameMeaning: number;
}

type Value = Json | undefined;

const isMap = (value: Value): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Value): value is readonly Json[] => Array.isArray(value);
const isText = (value: Value): value is string => typeof value === 'string' && value.includes('\n');

/** An added or removed part with the secrets in it masked; the part may be a whole object. */
function maskedPart(into: Collector, path: readonly Segment[], value: Json): Json {
  if (typeof value === 'object' && value !== null) {
    if (isList(value)) {
      const labels = itemLabels(value);
      return value.map((item, index) => maskedPart(into, [...path, { label: labels[index] ?? '' }], item));
    }
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) =>
        each === undefined ? [] : [[key, maskedPart(into, [...path, key], each)]],
      ),
    );
  }
  return typeof value === 'string' && into.isSecret(path) ? '***' : value;
}

function addOneSided(into: Collector, path: readonly Segment[], action: 'added' | 'removed', value: Json): void {
  const side = action === 'added' ? 'after' : 'before';
  if (typeof value !== 'object' && into.isSecret(path)) {
    into.fields.push({ path, action, masked: true });
  } else if (isText(value)) {
    const [before, after] = action === 'added' ? ['', value] : [value, ''];
    into.fields.push({ path, action, text: diffTexts(nameOf(path), before, after) });
  } else {
    into.fields.push({ path, action, [side]: maskedPart(into, path, value) });
  }
}

function nameOf(path: readonly Segment[]): string {
  return String(path.findLast((segment) => typeof segment === 'string') ?? '');
}

function diffScalars(into: Collector, path: readonly Segment[], before: Json, after: Json): void {
  if (isSameQuantity(path, before, after)) {
    into.sameMeaning += 1;
  } else if (into.isSecret(path)) {
    into.fields.push({ path, action: 'changed', masked: true });
  } else if (typeof before === 'string' && typeof after === 'string' && (isText(before) || isText(after))) {
    into.fields.push({ path, action: 'changed', text: diffTexts(nameOf(path), before, after) });
  } else {
    into.fields.push({
      path,
      action: 'changed',
      before: maskedPart(into, path, before),
      after: maskedPart(into, path, after),
    });
  }
}

function diffLists(into: Collector, path: readonly Segment[], before: readonly Json[], after: readonly Json[]): void {
  const { pairs, reordered, shuffled } = matchLists(path, before, after);
  for (const { same, ...item } of pairs) {
    if (same) continue;
    const from = item.before === undefined ? undefined : before[item.before];
    const to = item.after === undefined ? undefined : after[item.after];
    diffInto(into, [...path, item], from, to);
  }
  if (reordered) {
    const masked = (list: readonly Json[]): readonly string[] => (into.isSecret(path) ? ['***'] : itemLabels(list));
    into.fields.push({ path, action: 'reordered', before: masked(before), after: masked(after) });
  }
  if (shuffled) into.sameMeaning += 1;
}

function diffMaps(into: Collector, path: readonly Segment[], before: JsonObject, after: JsonObject): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)].sort())) {
    diffInto(into, [...path, key], ownValue(before, key), ownValue(after, key));
  }
}

/** A key such as `constructor` is only there where the document says so. */
function ownValue(map: JsonObject, key: string): Value {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function diffInto(into: Collector, path: readonly Segment[], before: Value, after: Value): void {
  if (before === after) return;
  if (before === undefined) {
    if (after !== undefined) addOneSided(into, path, 'added', after);
  } else if (after === undefined) addOneSided(into, path, 'removed', before);
  else if (isMap(before) && isMap(after)) diffMaps(into, path, before, after);
  else if (isList(before) && isList(after)) diffLists(into, path, before, after);
  else diffScalars(into, path, before, after);
}

/** Compares two values field by field; lists by the identity of their items, quantities by value, texts by line. */
export function diffValues(before: Value, after: Value, options: DiffOptions = {}): ValueDiff {
  const { isSecret = () => false } = options;
  const into: Collector = {
    fields: [],
    isSecret: (path) => isSecret(path) || isSecretPath(path),
    sameMeaning: 0,
  };
  diffInto(into, [], before, after);
  return { fields: into.fields, sameMeaning: into.sameMeaning };
}
