/** Signatures by which Pulumi marks values that plain data cannot say (sdk/go/common/resource, `SigKey`). */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const OUTPUT = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
/** What stands for a value that is not known before the update (sdk/go/common/resource/plugin, `UnknownStringValue` and its like). */
const UNKNOWN =
  /^(04da6b54-80e4-46f7-96ec-b56ff0331ba9|1c4a061d-8072-4f0a-a4cb-0ff528b18fe7|3eeb2bf0-c639-47a8-9e75-3b44932eb421|6a19a0b0-7e62-4c92-b797-7f8e31da9cc2|030794c1-ac77-496b-92df-f27374a8bd58|e48ece36-62e2-4504-bad9-02848725956a)$/;

/** Stands for an unknown value of whatever type. */
export const UNKNOWN_TEXT = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** A value whose text is only known after the update. */
export const unknown: unique symbol = Symbol('unknown');

/** Whether a map is one of Pulumi's marks, not data. */
export function isMarked(value: object): boolean {
  return SIGNATURE in value;
}

/** The value inside Pulumi's marks for secrets and outputs, all the way down; `unknown` where there is none yet. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return UNKNOWN.test(value) ? unknown : value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = value as Readonly<Record<string, unknown>>;
  switch (entries[SIGNATURE]) {
    case SECRET:
      return plainValue(entries.value);
    case OUTPUT:
      return 'value' in entries ? plainValue(entries.value) : unknown;
    default:
      return Object.fromEntries(Object.entries(entries).map(([key, item]) => [key, plainValue(item)]));
  }
}
