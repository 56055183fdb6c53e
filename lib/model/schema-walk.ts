import type * as z from 'zod';
import type { Path } from '../core/path.ts';

type Schema = z.core.$ZodType;

function definition(schema: Schema): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.core.$ZodTypes)._zod.def;
}

/** The schema without wrappers that do not change its shape (optional, default, lazy, transform). */
function unwrap(schema: Schema): Schema {
  const def = definition(schema);
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'catch':
      return unwrap(def.innerType);
    case 'lazy':
      return unwrap(def.getter());
    case 'pipe':
      return unwrap(def.in);
    default:
      return schema;
  }
}

function childSchemas(schema: Schema, key: PropertyKey): readonly Schema[] {
  const bare = unwrap(schema);
  const def = definition(bare);
  switch (def.type) {
    case 'object': {
      const child = def.shape[String(key)];
      return child ? [child] : [];
    }
    case 'array':
      return [def.element];
    case 'record':
      return [def.valueType];
    case 'union':
      return def.options.flatMap((option) => childSchemas(option, key));
    default:
      return [];
  }
}

function schemasAt(root: Schema, path: Path): readonly Schema[] {
  return path.reduce<readonly Schema[]>(
    (schemas, key) => schemas.flatMap((schema) => childSchemas(schema, key)),
    [root],
  );
}

function keysOf(schema: Schema): readonly string[] {
  const def = definition(unwrap(schema));
  if (def.type === 'object') return Object.keys(def.shape);
  if (def.type === 'union') return def.options.flatMap(keysOf);
  return [];
}

/** Keys that the schema knows for the object at `path`; of a union, those of all its options. */
export function knownKeys(root: Schema, path: Path): readonly string[] {
  return [...new Set(schemasAt(root, path).flatMap(keysOf))];
}

/** Literal values that the schema allows at `path`, for example the discriminators of a union. */
export function knownValues(root: Schema, path: Path): readonly string[] {
  const values = schemasAt(root, path).flatMap((schema) => {
    const def = definition(unwrap(schema));
    if (def.type === 'literal') return def.values.map(String);
    if (def.type === 'enum') return Object.values(def.entries).map(String);
    return [];
  });
  return [...new Set(values)];
}
