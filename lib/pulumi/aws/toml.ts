import type { Json, JsonObject } from '../../core/json.ts';

function isTable(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys of labels and taints hold dots and slashes, so all are quoted. */
const key = (text: string): string => JSON.stringify(text);

/** Plain data as TOML: tables, texts, numbers, booleans and lists of these, which is all that Bottlerocket's settings have. */
export function toToml(data: JsonObject, path: readonly string[] = []): string {
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  const plain = entries.filter(([, value]) => !isTable(value));
  const tables = entries.filter((entry): entry is [string, JsonObject] => isTable(entry[1]));
  const lines = plain.map(([name, value]) => `${key(name)} = ${JSON.stringify(value)}\n`);
  const head = path.length > 0 && lines.length > 0 ? `[${path.map(key).join('.')}]\n` : '';
  return head + lines.join('') + tables.map(([name, table]) => toToml(table, [...path, name])).join('');
}
