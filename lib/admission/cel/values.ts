import type { Json } from '../../core/json.ts';

/** A value as CEL evaluates it. */
export type CelValue = unknown;

/** Plain data as CEL values: whole numbers are `int`, as they are in the objects that the API server hands to policies. */
export function celValue(value: Json | undefined): CelValue {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (Array.isArray(value)) return value.map(celValue);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, celValue(each)]));
}
