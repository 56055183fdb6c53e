import type { Json } from '../core/json.ts';

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The entries that a Go template's `with` would not skip: no empty text, list or map, no 0, no false. */
export function omitEmpty(entries: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, Json] => !isEmpty(entry[1])));
}
