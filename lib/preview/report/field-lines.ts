import type { Json, JsonObject } from '../../core/json.ts';
import { toYaml } from '../../core/yaml.ts';
import { displayFieldPath, type FieldChange, type TextHunk } from '../change.ts';
import { count } from '../words.ts';

/** A value of one line longer than this is shown by its beginning and how much more there is. */
const LONGEST_VALUE = 240;
const LONGEST_LABEL = 60;

/** Lines that belong together: shown all, or not at all. First the title, then lines that begin with ` `, `-`, `+`. */
export interface LineBlock {
  readonly title: string;
  readonly lines: readonly string[];
}

function clip(text: string): string {
  return text.length <= LONGEST_VALUE
    ? text
    : `${text.slice(0, LONGEST_VALUE)}… (${count(text.length - LONGEST_VALUE, 'more character')})`;
}

/** A value on one line. */
export function inlineValue(value: Json | undefined): string {
  if (typeof value === 'string') return clip(value === '' ? '""' : value);
  return clip(JSON.stringify(value) ?? 'nothing');
}

function valueLines(value: Json | undefined): readonly string[] {
  if (typeof value !== 'object' || value === null) return [inlineValue(value)];
  return toYaml(value as JsonObject)
    .trimEnd()
    .split('\n')
    .map(clip);
}

function hunkBlock(path: string, hunk: TextHunk): LineBlock {
  const section = hunk.section === undefined ? '' : ` ${hunk.section}`;
  return { title: `${path}${section} line ${hunk.after}`, lines: hunk.lines.map(clip) };
}

/** Whether the field is told in one line: `before → after`. */
export function isScalarChange({ action, before, after, text, masked }: FieldChange): boolean {
  const flat = (value: Json | undefined): boolean => typeof value !== 'object' || value === null;
  return masked === undefined && text === undefined && action === 'changed' && flat(before) && flat(after);
}

/** The path of a field for people. */
export function fieldTitle({ path }: FieldChange): string {
  return displayFieldPath(path, LONGEST_LABEL) || '(all)';
}

const marked = (mark: '-' | '+', value: Json | undefined): readonly string[] =>
  valueLines(value).map((line) => `${mark}${line}`);

/** A field in blocks of lines: one, or one for each hunk of a text. */
export function fieldBlocks(field: FieldChange): readonly LineBlock[] {
  const { action, before, after, text, masked } = field;
  const title = fieldTitle(field);
  if (masked) return [{ title: `${title}: ${action}, the value is a secret and not shown`, lines: [] }];
  if (text) {
    if (text.hunks.length > 0 && action === 'changed') return text.hunks.map((hunk) => hunkBlock(title, hunk));
    const lines = action === 'added' ? count(text.added, 'line') : count(text.removed, 'line');
    const note = text.note ?? `${action === 'added' ? 'a text' : 'a text, gone,'} of ${lines}`;
    return [{ title: `${title}: ${note}`, lines: text.hunks.flatMap((hunk) => hunk.lines.map(clip)) }];
  }
  if (action === 'reordered') {
    return [{ title: `${title}: in another order`, lines: [`-${inlineValue(before)}`, `+${inlineValue(after)}`] }];
  }
  return [
    {
      title,
      lines: [...(action === 'added' ? [] : marked('-', before)), ...(action === 'removed' ? [] : marked('+', after))],
    },
  ];
}
