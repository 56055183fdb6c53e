/** Plain data that survives JSON and YAML unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Typed data as plain data: TypeScript gives interfaces no index signature, so it has to be told. */
export function asJsonObject(data: object): JsonObject {
  return data as JsonObject;
}

/** The value where it is a map, else an empty one. */
export function objectOr(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
