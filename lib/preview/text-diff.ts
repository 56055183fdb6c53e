import { structuredPatch } from 'diff';
import type { TextDiff, TextHunk } from './change.ts';
import { maskLine } from './secrets.ts';

/** Lines shown around a change. */
const CONTEXT = 2;
/** Beyond so many changed lines a text counts as replaced: the search takes time as their square. */
const MOST_CHANGED_LINES = 2000;

function looksLike(name: string, text: string): TextDiff['format'] {
  if (/\{\{-?\s/.test(text)) return 'go-template';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  if (/\.dcf$/.test(name) || /^(?:[\w-]+: .*\n)+\n(?:[\w-]+: )/.test(text)) return 'dcf';
  if (/\.(conf|ini|cfg)$/.test(name) || /^\s*\[[^\]\n]+\]\s*$/m.test(text)) return 'ini';
  if (/^(?:apiVersion|kind): /m.test(text)) return 'yaml';
  return 'text';
}

/** JSON one line long, as dashboards often are, is compared as it would be printed. */
function printed(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return undefined;
  }
}

const unixLines = (text: string): string => text.replaceAll('\r\n', '\n');

/** The INI section in which a line stands. */
function sectionAt(lines: readonly string[], line: number): string | undefined {
  for (let index = Math.min(line, lines.length) - 1; index >= 0; index -= 1) {
    const section = /^\s*(\[[^\]]+\])\s*$/.exec(lines[index] ?? '')?.[1];
    if (section !== undefined) return section;
  }
  return undefined;
}

/** Both texts line by line, secrets masked. `name` is the key or file they stand under, which tells their format. */
export function diffTexts(name: string, before: string, after: string): TextDiff {
  const json = [printed(before), printed(after)] as const;
  const isJson = json[0] !== undefined && json[1] !== undefined;
  const [from, to] = isJson ? [json[0] ?? '', json[1] ?? ''] : [unixLines(before), unixLines(after)];
  const format = isJson ? 'json' : looksLike(name, after || before);
  if (from === to) {
    const note = isJson ? 'the same JSON, written differently' : 'only line ends changed (CRLF, LF)';
    return { format, added: 0, removed: 0, hunks: [], note };
  }
  const patch = structuredPatch('', '', from, to, '', '', { context: CONTEXT, maxEditLength: MOST_CHANGED_LINES });
  if (!patch) {
    const [removed, added] = [from, to].map((text) => text.split('\n').length) as [number, number];
    return { format, added, removed, hunks: [], note: 'too different to be compared line by line' };
  }
  const fromLines = format === 'ini' ? from.split('\n') : [];
  const hunks = patch.hunks.map(({ oldStart, newStart, lines }): TextHunk => {
    const first = lines.findIndex((line) => !line.startsWith(' '));
    const section = sectionAt(fromLines, oldStart + Math.max(0, first) - 1);
    return {
      before: oldStart,
      after: newStart,
      ...(section === undefined ? {} : { section }),
      lines: lines
        .filter((line) => !line.startsWith('\\'))
        .map((line) => `${line.slice(0, 1)}${maskLine(line.slice(1))}`),
    };
  });
  const count = (mark: string): number => hunks.flatMap(({ lines }) => lines).filter((line) => line[0] === mark).length;
  return { format, added: count('+'), removed: count('-'), hunks };
}
