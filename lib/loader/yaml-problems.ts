import type { ErrorCode, YAMLParseError } from 'yaml';
import type { Problem } from '../core/problem.ts';
import type { SourceLocation } from '../core/source.ts';

/** The place of an offset in the text. */
export type At = (offset: number) => SourceLocation;

type Words = Pick<Problem, 'message' | 'hint'>;

/** What usually is wrong where a line is neither key nor value. */
const BROKEN_LINE = 'A ":" after the key, the "-" of a list, or the indentation of this line or the next is wrong.';

const BROKEN: readonly ErrorCode[] = ['BAD_INDENT', 'BLOCK_AS_IMPLICIT_KEY', 'MISSING_CHAR', 'MULTILINE_IMPLICIT_KEY'];

/** The key that stands at the offset, for a message. */
function keyAt(text: string, offset: number): string {
  return /^["']?([^"':\s]+)/.exec(text.slice(offset))?.[1] ?? '';
}

/** Words of ours for what the parser says in terms of its grammar or its functions. */
function explain({ code, message, pos }: YAMLParseError, text: string): Words {
  const own: Partial<Record<ErrorCode, Words>> = {
    DUPLICATE_KEY: { message: `the key "${keyAt(text, pos[0])}" stands twice in one map.`, hint: 'Remove one.' },
    MULTIPLE_DOCS: {
      message: 'a second document begins here, and an environment is one.',
      hint: 'Remove the "---", or make it two files.',
    },
    TAB_AS_INDENT: { message: 'a tab indents this line, which YAML does not allow.', hint: 'Use spaces.' },
  };
  const [, bracket] = /end with a ([\]}])/.exec(message) ?? [];
  const hint = bracket === undefined ? BROKEN_LINE : `Close what is open with a "${bracket}" before this line.`;
  return (
    own[code] ?? {
      message: `cannot be read as YAML: ${message.replace(/\.$/, '')}.`,
      ...(BROKEN.includes(code) ? { hint } : {}),
    }
  );
}

/**
 * What a YAML parser found, in order, one problem a line: what it says further of the same line follows from the first.
 * Most lines after a broken one follow from it too, so the remedy stands there alone. Tabs are told alone.
 */
export function yamlProblems(errors: readonly YAMLParseError[], text: string, at: At): readonly Problem[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  const lines = new Set<number>();
  const hints = new Set<string>();
  return [...(tabs.length > 0 ? tabs : errors)]
    .sort((a, b) => a.pos[0] - b.pos[0])
    .flatMap((error): readonly Problem[] => {
      const source = at(error.pos[0]);
      if (lines.has(source.line)) return [];
      lines.add(source.line);
      const { message, hint } = explain(error, text);
      const said = hint === undefined || hints.has(hint);
      if (!said) hints.add(hint);
      return [{ code: 'ENV010', severity: 'error', path: '(file)', source, message, ...(said ? {} : { hint }) }];
    });
}
