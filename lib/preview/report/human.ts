import { formatProblem } from '../../core/problem.ts';
import type { Preview } from '../preview.ts';
import { RISK_WORDS, type Risk } from '../risk.ts';
import { describeSubject } from '../subject.ts';
import { count, listNamed } from '../words.ts';
import { type ChangeGroup, describeFrom, describeRelease, groupChanges } from './change-group.ts';
import { COST_HEADING, costNote, costRows, unchangedCost } from './cost-table.ts';
import { fieldBlocks, fieldTitle, inlineValue, isScalarChange } from './field-lines.ts';
import { describeAbout, describeCounts, describeHidden, type PreviewReport } from './summary.ts';

/** How parts of the text are painted; the identity where there is no terminal. */
export interface Paint {
  readonly risk: (risk: Risk, text: string) => string;
  readonly heading: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
}

const MARKS = { added: '+', removed: '-', changed: '~', renamed: '>' } as const;
/** Names of a group that are listed; the JSON has all. */
const MOST_NAMES = 12;
/** Lines of one change that are listed. */
const MOST_LINES = 400;
const WIDEST_WORD = Math.max(...Object.values(RISK_WORDS).map((word) => word.length));

function consequenceLines({ consequences }: Preview, paint: Paint): readonly string[] {
  return consequences.map(({ risk, about, message, source }) => {
    const word = paint.risk(risk, RISK_WORDS[risk].padEnd(WIDEST_WORD));
    const place = source ? paint.dim(`  ${source.file}:${source.line}`) : '';
    return `  ${word}  ${paint.heading(describeAbout(about, MOST_NAMES))}: ${message}${place}`;
  });
}

function costLines({ cost }: Preview, paint: Paint): readonly string[] {
  const rows = costRows(cost);
  if (rows.length === 0) return [];
  const unchanged = unchangedCost(cost);
  if (unchanged !== undefined) return [paint.dim(`  ${unchanged}`)];
  const all = [COST_HEADING, ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const lines = all.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return [...lines, paint.dim(`  ${costNote(cost)}`)];
}

function groupLines(group: ChangeGroup, paint: Paint): readonly string[] {
  const [first, ...others] = group.changes;
  const names = listNamed(
    group.changes.map(({ subject }) => describeSubject(subject)),
    MOST_NAMES,
  );
  const was = describeFrom(group);
  const from = was === undefined ? '' : ` (was ${was})`;
  const place =
    first.origin.source && others.length === 0
      ? paint.dim(`  ${first.origin.source.file}:${first.origin.source.line}`)
      : '';
  const number = others.length > 0 ? `${group.changes.length.toLocaleString('en-US')} × ` : '';
  const head = `  ${MARKS[group.action]} ${number}${paint.heading(names)}${describeRelease(group)}${from}  ${paint.risk(group.risk, RISK_WORDS[group.risk])}${place}`;
  const why = group.why === undefined ? [] : [paint.dim(`      ${group.why}`)];
  const blocks = group.fields.flatMap((field): readonly (readonly string[])[] => {
    if (isScalarChange(field)) {
      const { before, after } = field;
      return [
        [`      ${fieldTitle(field)}: ${paint.removed(inlineValue(before))} → ${paint.added(inlineValue(after))}`],
      ];
    }
    return fieldBlocks(field).map(({ title, lines }) => [
      `      ${title}`,
      ...lines.map((line) => {
        const text = `        ${line}`;
        return line.startsWith('+') ? paint.added(text) : line.startsWith('-') ? paint.removed(text) : text;
      }),
    ]);
  });
  const shown: string[] = [];
  let left = 0;
  for (const block of blocks) {
    if (shown.length + block.length <= MOST_LINES) shown.push(...block);
    else left += 1;
  }
  const more = left > 0 ? [paint.dim(`      ${count(left, 'more part')} of it; --format json has all.`)] : [];
  return [head, ...why, ...shown, ...more];
}

function section(title: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : ['', paint.heading(title), ...lines];
}

function previewLines(preview: Preview, base: string, paint: Paint): readonly string[] {
  const { environment, risk, problems, changes, notes } = preview;
  const verdict = changes.length === 0 ? '' : `${paint.risk(risk, RISK_WORDS[risk])}, `;
  const hidden = describeHidden(preview);
  const groups = groupChanges(changes.filter(({ action, fields }) => action !== 'changed' || fields.length > 0));
  return [
    `${paint.heading(environment)} against ${base}: ${verdict}${describeCounts(preview)}`,
    ...notes.map((note) => paint.dim(`note: ${note}`)),
    ...section(
      'What is wrong with it now',
      problems.map((problem) => `  ${problem.severity} ${formatProblem(problem)}`),
      paint,
    ),
    ...section('What will happen', consequenceLines(preview, paint), paint),
    ...(changes.length > 0 ? section('Cost', costLines(preview, paint), paint) : []),
    ...section(
      'What changes',
      groups.flatMap((group) => groupLines(group, paint)),
      paint,
    ),
    ...(hidden === undefined ? [] : ['', paint.dim(hidden)]),
  ];
}

/** The report for people at a terminal. */
export function humanReport({ base, previews }: PreviewReport, paint: Paint): string {
  const notes = base.notes.map((note) => paint.dim(`note: ${note}`));
  return [
    ...notes,
    ...previews.flatMap((preview, index) => [...(index > 0 ? [''] : []), ...previewLines(preview, base.name, paint)]),
  ].join('\n');
}
