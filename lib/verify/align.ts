import type { Json, JsonObject } from '../core/json.ts';
import type { LateValueName } from '../core/late-value.ts';
import type { Segment } from '../preview/change.ts';
import { type ItemPair, matchLists } from '../preview/list-identity.ts';
import { holdsLate, lateNames, resolveLate } from './late-text.ts';
import { readPulumiValue } from './pulumi-value.ts';

/** Shown in place of a value that Pulumi does not show. */
const HIDDEN = { hidden: '(a secret)', unknown: '(known only when applied)', foreign: '(a file or resource)' } as const;

/** Shown where a placeholder would reach the cluster as it stands. */
const NOT_REPLACED = '(not replaced)';

/** One place of a late value. */
export interface LatePlace {
  readonly name: LateValueName;
  readonly path: readonly Segment[];
  /** What it became; missing where Pulumi does not know or not show it. */
  readonly value?: string;
  readonly secret: boolean;
}

/** An applied value in the words of the reviewed one, so that both can be compared. */
export interface Aligned {
  /** Without wrappers; where a late value became a text, the reviewed text; without what was left out as meaningless. */
  readonly value: Json | undefined;
  readonly late: readonly LatePlace[];
  /** Paths below which values are secrets. */
  readonly secrets: readonly (readonly Segment[])[];
  /** Reviewed values that are not there because they mean the same as nothing. */
  readonly dropped: number;
  /** Reviewed values that Pulumi keeps to itself, as it may. */
  readonly unseen: number;
}

export interface AlignOptions {
  /** Whether an applied part without counterpart is Pulumi's own and reaches no reader of the object. */
  readonly isDirective: (path: readonly Segment[]) => boolean;
  /** Whether a reviewed value may be missing, because it means the same as nothing. */
  readonly isDropped: (path: readonly Segment[], value: Json) => boolean;
  /** Whether a value is a secret by its nature, so that nobody can compare it where Pulumi encrypts it. */
  readonly isSecret: (path: readonly Segment[]) => boolean;
}

interface Walk extends AlignOptions {
  readonly late: LatePlace[];
  readonly secrets: (readonly Segment[])[];
  dropped: number;
  unseen: number;
}

type Value = Json | undefined;

const isMap = (value: Value): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A late value that nobody can see yet, or any more. */
function noteUnseen(walk: Walk, path: readonly Segment[], reviewed: string, secret: boolean): string {
  for (const name of lateNames(reviewed)) walk.late.push({ name, path, secret });
  return reviewed;
}

function alignText(walk: Walk, path: readonly Segment[], reviewed: string, applied: string, secret: boolean): string {
  if (!holdsLate(reviewed)) return applied;
  if (holdsLate(applied)) return `${NOT_REPLACED} ${applied}`;
  const resolved = resolveLate(reviewed, applied);
  if (!resolved) return applied;
  for (const [name, value] of resolved) walk.late.push({ name, path, value, secret });
  return reviewed;
}

/** Whether a part without counterpart consists of nothing but directives. */
function isAllDirective(walk: Walk, path: readonly Segment[], value: Json): boolean {
  if (walk.isDirective(path)) return true;
  const keys = isMap(value) ? Object.keys(value) : [];
  return keys.length > 0 && keys.every((key) => walk.isDirective([...path, key]));
}

function alignMaps(walk: Walk, path: readonly Segment[], reviewed: JsonObject, applied: JsonObject): JsonObject {
  const entries: [string, Json][] = [];
  for (const [key, value] of Object.entries(applied)) {
    if (value === undefined) continue;
    const inner = [...path, key];
    const counterpart = Object.hasOwn(reviewed, key) ? reviewed[key] : undefined;
    if (counterpart === undefined && isAllDirective(walk, inner, value)) continue;
    entries.push([key, alignValue(walk, inner, counterpart, value)]);
  }
  for (const [key, value] of Object.entries(reviewed)) {
    if (value === undefined || Object.hasOwn(applied, key) || !walk.isDropped([...path, key], value)) continue;
    walk.dropped += 1;
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

/** Which reviewed item each applied one is compared with; what is known by a late value has its place to go by. */
function counterparts(
  path: readonly Segment[],
  reviewed: readonly Json[],
  applied: readonly Json[],
): readonly ItemPair[] {
  const { pairs } = matchLists(path, reviewed, applied);
  if (reviewed.length !== applied.length) return pairs;
  const gone = new Set(pairs.flatMap(({ before, after }) => (after === undefined ? before : undefined) ?? []));
  return pairs.map((pair) => {
    const { before, after } = pair;
    const waits = after !== undefined && gone.has(after) && holdsLate(JSON.stringify(reviewed[after]));
    return before === undefined && waits ? { ...pair, before: after } : pair;
  });
}

function alignLists(walk: Walk, path: readonly Segment[], reviewed: readonly Json[], applied: readonly Json[]): Json {
  const aligned = [...applied];
  for (const item of counterparts(path, reviewed, applied)) {
    const value = item.after === undefined ? undefined : applied[item.after];
    if (item.after === undefined || value === undefined) continue;
    const counterpart = item.before === undefined ? undefined : reviewed[item.before];
    aligned[item.after] = alignValue(walk, [...path, item], counterpart, value);
  }
  return aligned;
}

function alignValue(walk: Walk, path: readonly Segment[], reviewed: Value, applied: Json): Json {
  const read = readPulumiValue(applied);
  if (read.kind !== 'plain') {
    const late = typeof reviewed === 'string' && holdsLate(reviewed) && read.kind !== 'foreign';
    if (late) return noteUnseen(walk, path, reviewed, read.kind === 'hidden');
    if (reviewed === undefined || read.kind !== 'hidden' || !walk.isSecret(path)) return HIDDEN[read.kind];
    walk.unseen += 1;
    return reviewed;
  }
  const { value, secret } = read;
  if (secret) walk.secrets.push(path);
  if (typeof value === 'string') {
    return typeof reviewed === 'string' ? alignText(walk, path, reviewed, value, secret) : value;
  }
  if (isMap(value)) return alignMaps(walk, path, isMap(reviewed) ? reviewed : {}, value);
  if (Array.isArray(value)) return alignLists(walk, path, Array.isArray(reviewed) ? reviewed : [], value);
  return value;
}

/** Takes off what Pulumi puts around values, and puts reviewed texts back where late values were put in. */
export function align(reviewed: Value, applied: Json, options: AlignOptions): Aligned {
  const walk: Walk = { ...options, late: [], secrets: [], dropped: 0, unseen: 0 };
  const value = alignValue(walk, [], reviewed, applied);
  const { late, secrets, dropped, unseen } = walk;
  return { value, late, secrets, dropped, unseen };
}
