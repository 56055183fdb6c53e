import { type Json, type JsonObject, objectOr } from '../core/json.ts';
import { environmentJsonSchema } from './json-schema.ts';

/** A key that an environment may have, as the schema says it. */
interface Option {
  readonly path: string;
  /** As people write it; "required" where there is none. */
  readonly standard: string;
  readonly description: string;
}

const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonObject[]) : [];

/** Values of `kind` where a schema has several shapes. */
function kindOf(schema: JsonObject): string | undefined {
  const kind = objectOr(objectOr(schema.properties).kind).const;
  return typeof kind === 'string' ? kind : undefined;
}

function standardOf(schema: JsonObject, required: boolean): string {
  if (schema.default !== undefined) return `\`${JSON.stringify(schema.default)}\``;
  return required ? 'required' : '-';
}

function optionsBelow(schema: JsonObject, path: string): readonly Option[] {
  const shapes = listOf(schema.oneOf ?? schema.anyOf);
  if (shapes.length > 0) {
    return shapes.flatMap((shape): readonly Option[] => {
      const kind = kindOf(shape);
      if (kind === undefined) return [];
      const head = { path: `${path}.kind: ${kind}`, standard: '', description: String(shape.description ?? '') };
      return [head, ...optionsBelow(shape, path).filter((option) => option.path !== `${path}.kind`)];
    });
  }
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(objectOr(schema.properties)).flatMap(([key, value]): readonly Option[] => {
    const child = objectOr(value);
    const here = `${path}.${key}`;
    const option = {
      path: here,
      standard: standardOf(child, required.includes(key)),
      description: String(child.description ?? ''),
    };
    return [option, ...optionsBelow(child, here)];
  });
}

/** Every key below one of the environment (`cluster.cloud`), with its default and what it means, as a Markdown table. */
export function optionTable(path: string): string {
  const found = path.split('.').reduce((schema, key) => {
    const shapes = [schema, ...listOf(schema.oneOf ?? schema.anyOf)];
    return objectOr(shapes.map((shape) => objectOr(shape.properties)[key]).find((child) => child !== undefined));
  }, environmentJsonSchema());
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = optionsBelow(found, '').map(
    (option) => `| \`${option.path.slice(1)}\` | ${cell(option.standard)} | ${cell(option.description)} |\n`,
  );
  return `| below \`${path}\` | default | what it says |\n|---|---|---|\n${rows.join('')}`;
}
