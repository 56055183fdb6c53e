import { DEFAULT_SCHEMA, dump, Type } from 'js-yaml';
import type { Json, JsonObject } from './json.ts';

/** Numbers of YAML 1.1 that 1.2 takes for text: with `_` between their digits, binary, in base 60. */
const YAML_1_1_NUMBER =
  /^[-+]?(?:0b[01_]+|0x[\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\.[\d_]+|\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?)$/;

// js-yaml quotes a text that one of its types would read as something else; this type is there for that alone.
const legacyNumber = new Type('tag:atelier.dev,2026:yaml-1.1-number', {
  kind: 'scalar',
  resolve: (text: unknown) => typeof text === 'string' && YAML_1_1_NUMBER.test(text),
});
const options = {
  schema: DEFAULT_SCHEMA.extend({ implicit: [legacyNumber] }),
  lineWidth: -1,
  noRefs: true,
  quotingType: '"',
} as const;

/** What js-yaml writes, moved to where it stands. */
function dumpAt(indent: string, value: Json): string {
  return dump(value, options)
    .slice(0, -1)
    .replace(/\n(?=[^\n])/g, `\n${indent}`);
}

const MOST_KNOWN_LINES = 20_000;
const knownLines = new Map<string, string>();

/** Most texts: a letter first, as in no number, and longer than any word that means something to YAML. */
const PLAIN_TEXT = /^[A-Za-z][\w./-]{5,}$/;

/** Text without line breaks; a platform says the same thousand words twenty times over. */
function writeLine(text: string): string {
  if (PLAIN_TEXT.test(text)) return text;
  const known = knownLines.get(text);
  if (known !== undefined) return known;
  const line = dumpAt('', text);
  if (knownLines.size < MOST_KNOWN_LINES) knownLines.set(text, line);
  return line;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function writePair(key: string, value: Json, indent: string): string {
  // YAML writes keys that are long or have line breaks in another way, which nobody needs and js-yaml knows.
  if (key.length > 128 || key.includes('\n')) return dumpAt(indent, { [key]: value });
  const text = writeNode(value, `${indent}  `);
  const isBlock = typeof value === 'object' && value !== null && text !== '{}' && text !== '[]';
  return `${writeLine(key)}:${isBlock ? `\n${indent}  ` : ' '}${text}`;
}

/** A value whose lines begin behind `indent`, the first one excepted. */
function writeNode(value: Json, indent: string): string {
  if (typeof value === 'string' && !value.includes('\n')) return writeLine(value);
  if (value === true || value === false || (Number.isSafeInteger(value) && Number(value) > 0)) return String(value);
  // js-yaml indents the lines of a text by itself, by one step.
  if (typeof value !== 'object' || value === null) return dumpAt(indent.slice(2), value);
  if (isList(value)) {
    return value.length > 0 ? value.map((item) => `- ${writeNode(item, `${indent}  `)}`).join(`\n${indent}`) : '[]';
  }
  let text = '';
  for (const key of Object.keys(value)) {
    const child = value[key];
    if (child !== undefined) text += `${text === '' ? '' : `\n${indent}`}${writePair(key, child, indent)}`;
  }
  return text === '' ? '{}' : text;
}

/**
 * YAML that every reader of Kubernetes manifests understands alike: what only YAML 1.1 takes for a boolean or a number
 * (`on`, `1_000`) is quoted, because kubectl reads 1.1; long lines are never folded.
 *
 * js-yaml writes the texts that are not plain, each once; maps and lists are laid out here, character for character as
 * js-yaml does (test/core/yaml.test.ts), which takes half of its time, as that takes a quarter of the time of the `yaml`
 * package, which reads environments because it knows their lines.
 */
export function toYaml(value: JsonObject): string {
  return `${writeNode(value, '')}\n`;
}
