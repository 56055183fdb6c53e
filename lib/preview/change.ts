import type { Origin } from '../bundle/bundle.ts';
import type { Json } from '../core/json.ts';
import type { Subject } from './subject.ts';

/** One step of a path: a key, or an item of a list by what it is known by. */
export type Segment = string | ListItem;

export interface ListItem {
  /** `name=web`, `key=nvidia.com/gpu,effect=NoSchedule`, or the index where nothing else tells items apart. */
  readonly label: string;
  /** Index in the list before; missing where the item is new. */
  readonly before?: number;
  readonly after?: number;
}

/** A stretch of changed lines with the lines around it. */
export interface TextHunk {
  /** First line before and after, from 1. */
  readonly before: number;
  readonly after: number;
  /** `[section]` of an INI file the stretch is in, where there is one. */
  readonly section?: string;
  /** Lines as in a unified diff: each begins with ` `, `-` or `+`. */
  readonly lines: readonly string[];
}

/** What changed in a text inside of a field, line by line. */
export interface TextDiff {
  readonly format: 'text' | 'ini' | 'dcf' | 'yaml' | 'json' | 'go-template';
  readonly added: number;
  readonly removed: number;
  /** Empty where the text was too different to be compared line by line, or only its line ends changed. */
  readonly hunks: readonly TextHunk[];
  readonly note?: string;
}

/** One field that differs. Values are left out of masked ones, and of texts, whose lines are in `text`. */
export interface FieldChange {
  readonly path: readonly Segment[];
  readonly action: 'added' | 'removed' | 'changed' | 'reordered';
  readonly before?: Json;
  readonly after?: Json;
  readonly text?: TextDiff;
  readonly masked?: true;
}

/** What became of one object, release, cloud resource or file. */
export interface Change {
  readonly subject: Subject;
  readonly action: 'added' | 'removed' | 'changed' | 'renamed';
  /** What it was before it was renamed or moved. */
  readonly from?: Subject;
  readonly fields: readonly FieldChange[];
  /** Values that are written differently and mean the same, such as `1000m` and `1`, and orders that mean nothing. */
  readonly sameMeaning: number;
  /** Where it comes from; of what is removed, where it came from. */
  readonly origin: Origin;
}

/** `spec.template.spec.containers[name=web].image`; keys with dots in quotes. People get long labels shortened. */
export function displayFieldPath(path: readonly Segment[], longestLabel = Number.POSITIVE_INFINITY): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment !== 'string') {
      const { label } = segment;
      return `${text}[${label.length > longestLabel ? `${label.slice(0, longestLabel)}…` : label}]`;
    }
    const plain = /^[\w-]+$/.test(segment);
    return plain ? `${text}${text === '' ? '' : '.'}${segment}` : `${text}[${JSON.stringify(segment)}]`;
  }, '');
}

/** The keys of a path without its list items: what rules about fields are written in. */
export function fieldKeys(path: readonly Segment[]): readonly string[] {
  return path.filter((segment): segment is string => typeof segment === 'string');
}

/** Whether the field lies at these keys or below them. */
export function isUnder(field: FieldChange, prefix: string): boolean {
  const keys = fieldKeys(field.path);
  return prefix.split('.').every((key, index) => keys[index] === key);
}
