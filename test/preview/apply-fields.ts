import { expect } from 'vitest';
import type { Json, JsonObject } from '../../lib/core/json.ts';
import { parseQuantity } from '../../lib/core/kubernetes-quantity.ts';
import type { FieldChange, Segment } from '../../lib/preview/change.ts';

interface Node {
  readonly fields: FieldChange[];
  readonly children: Map<string, { readonly segment: Segment; readonly node: Node }>;
}

const node = (): Node => ({ fields: [], children: new Map() });

function keyOf(segment: Segment): string {
  return typeof segment === 'string' ? `key ${segment}` : `item ${segment.before ?? 'new'} ${segment.after ?? 'gone'}`;
}

function tree(fields: readonly FieldChange[]): Node {
  const root = node();
  for (const field of fields) {
    let at = root;
    for (const segment of field.path) {
      const known = at.children.get(keyOf(segment));
      const next = known?.node ?? node();
      if (!known) at.children.set(keyOf(segment), { segment, node: next });
      at = next;
    }
    at.fields.push(field);
  }
  return root;
}

function patch(value: Json | undefined, { fields, children }: Node): Json | undefined {
  const own = fields.find(({ action }) => action !== 'reordered');
  if (own) {
    if (own.action !== 'added') expect(value, 'what a field was before').toEqual(own.before);
    return own.action === 'removed' ? undefined : own.after;
  }
  if (Array.isArray(value)) {
    const items: (Json | undefined)[] = [...value];
    for (const { segment, node: child } of children.values()) {
      if (typeof segment === 'string') throw new Error('A list has no keys.');
      if (segment.before === undefined) items.push(patch(undefined, child));
      else items[segment.before] = patch(items[segment.before], child);
    }
    return items.filter((item): item is Json => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const map: Record<string, Json | undefined> = { ...(value as JsonObject) };
  for (const { segment, node: child } of children.values()) {
    if (typeof segment !== 'string') throw new Error('A map has no items.');
    map[segment] = patch(map[segment], child);
    if (map[segment] === undefined) delete map[segment];
  }
  return map as Json;
}

/** The later value, from the earlier one and what is said to have changed: nothing may be missing from that. */
export function applyFields(before: Json, fields: readonly FieldChange[]): Json | undefined {
  return patch(before, tree(fields));
}

/** A value in which order and spelling of quantities no longer tell: what a diff may keep silent about. */
export function meaning(value: Json | undefined, keys: readonly string[] = []): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => JSON.stringify(meaning(item, keys))).sort();
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, each]) => [key, meaning(each, [...keys, key])] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
  const isQuantity = keys.at(-1) === 'cpu' || keys.at(-2) === 'requests';
  const quantity = isQuantity && value !== undefined ? parseQuantity(String(value)) : undefined;
  return quantity === undefined ? value : `${quantity}n`;
}
