import { formatProblem } from '../../core/problem.ts';
import type { MergedConsequence, Preview } from '../preview.ts';
import { RISK_WORDS, type Risk, riskRank } from '../risk.ts';
import { describeSubject } from '../subject.ts';
import { count, list, listNamed } from '../words.ts';
import { type ChangeGroup, describeFrom, describeRelease, groupChanges } from './change-group.ts';
import { COST_HEADING, costNote, costRows, unchangedCost } from './cost-table.ts';
import { fieldBlocks } from './field-lines.ts';
import { fitBlocks, type TextBlock } from './fit-blocks.ts';
import { escapeMarkdown, fenced, folded } from './markdown-text.ts';
import { describeAbout, describeCounts, describeHidden, type PreviewReport } from './summary.ts';

/** By this line whoever posts the comment finds the one of the last run. */
export const STICKY_MARK = '<!-- atelier-preview -->';
/** GitHub refuses comments of more than 65,536 characters. */
export const LONGEST_COMMENT = 65_536;

const SIGNS: Readonly<Record<Risk, string>> = { safe: '🟢', care: '🟡', disruptive: '🟠', dangerous: '🔴' };
const ACTIONS = { added: 'Added', removed: 'Removed', changed: 'Changed', renamed: 'Renamed' } as const;
const MOST_NAMES = 8;
/** Characters of one change; what is longer leaves out whole parts, and says how many. */
const LONGEST_CHANGE = 8000;
/** Kept free for the lines that say what was left out. */
const RESERVED = 400;

const riskText = (risk: Risk): string => `${SIGNS[risk]} ${RISK_WORDS[risk]}`;

function headRow(preview: Preview): string {
  const { environment, risk, changes, consequences } = preview;
  const urgent = consequences.filter((each) => riskRank(each.risk) >= riskRank('disruptive')).length;
  const note = urgent > 0 ? `${count(urgent, 'consequence')} to weigh` : changes.length > 0 ? 'nothing disruptive' : '';
  return `| ${escapeMarkdown(environment)} | ${changes.length > 0 ? riskText(risk) : 'no change'} | ${describeCounts(preview)} | ${note} |`;
}

function consequenceLine({ risk, about, message, source }: MergedConsequence): string {
  const place = source ? ` <sub>${escapeMarkdown(`${source.file}:${source.line}`)}</sub>` : '';
  return `- ${riskText(risk)}: **${escapeMarkdown(describeAbout(about, MOST_NAMES))}**: ${escapeMarkdown(message)}${place}`;
}

function groupBody(group: ChangeGroup): string {
  const parts: string[] = [];
  if (group.why !== undefined) parts.push(escapeMarkdown(group.why));
  if (group.changes.length > MOST_NAMES) {
    parts.push(
      escapeMarkdown(
        listNamed(
          group.changes.map(({ subject }) => describeSubject(subject)),
          60,
        ),
      ),
    );
  }
  const lines: string[] = [];
  let left = 0;
  let length = 0;
  for (const block of group.fields.flatMap(fieldBlocks)) {
    const added = [`@@ ${block.title} @@`, ...block.lines];
    const size = added.reduce((sum, line) => sum + line.length + 1, 0);
    if (length + size > LONGEST_CHANGE) left += 1;
    else {
      lines.push(...added);
      length += size;
    }
  }
  if (lines.length > 0) parts.push(fenced('diff', lines));
  if (left > 0) parts.push(`${count(left, 'longer part')} of this change left out; \`--format json\` has all.`);
  return parts.join('\n\n');
}

function groupText(group: ChangeGroup): string {
  const names = listNamed(
    group.changes.map(({ subject }) => describeSubject(subject)),
    MOST_NAMES,
  );
  const number = group.changes.length > 1 ? ` ${group.changes.length.toLocaleString('en-US')}` : '';
  const was = describeFrom(group);
  const from = was === undefined ? '' : ` <sub>was ${escapeMarkdown(was)}</sub>`;
  const summary = `${SIGNS[group.risk]} ${ACTIONS[group.action]}${number}: <b>${escapeMarkdown(names)}</b>${escapeMarkdown(describeRelease(group))}${from}`;
  const body = groupBody(group);
  return body === '' ? `- ${summary}` : folded(summary, body);
}

function costText({ cost, changes }: Preview): string | undefined {
  const rows = costRows(cost);
  if (rows.length === 0 || changes.length === 0) return undefined;
  const unchanged = unchangedCost(cost);
  if (unchanged !== undefined) return `<sub>${escapeMarkdown(unchanged)}</sub>`;
  const table = [COST_HEADING, COST_HEADING.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return [...table, '', `<sub>${escapeMarkdown(costNote(cost))}</sub>`].join('\n');
}

/** What of an environment may be left out, in the order in which it stands. */
interface Blocks {
  readonly problems: readonly TextBlock[];
  readonly consequences: readonly TextBlock[];
  readonly groups: readonly TextBlock[];
}

function blocksOf(preview: Preview): Blocks {
  const groups = groupChanges(
    preview.changes.filter(({ action, fields }) => action !== 'changed' || fields.length > 0),
  );
  return {
    problems: preview.problems.map((problem) => ({
      text: `- ${problem.severity}: ${escapeMarkdown(formatProblem(problem))}`,
      priority: 200,
      kind: 'problem',
    })),
    consequences: preview.consequences.map((each) => ({
      text: consequenceLine(each),
      priority: 100 + riskRank(each.risk),
      kind: 'consequence',
    })),
    groups: groups.map((group) => ({
      text: `${groupText(group)}\n`,
      priority: riskRank(group.risk),
      kind: group.changes.length > 1 ? 'group of changes' : 'change',
    })),
  };
}

/** What always stands there: heading, notes, cost. */
function frameOf(
  preview: Preview,
  base: string,
): { readonly head: string; readonly cost: string; readonly tail: string } {
  const { environment, risk, changes, notes } = preview;
  const verdict = changes.length === 0 ? 'no change' : riskText(risk);
  const hidden = describeHidden(preview);
  return {
    head: [
      `### ${escapeMarkdown(environment)}: ${verdict}`,
      `${describeCounts(preview)}, against ${escapeMarkdown(base)}.`,
      ...notes.map((note) => `> ${escapeMarkdown(note)}`),
    ].join('\n\n'),
    cost: costText(preview) ?? '',
    tail: hidden === undefined ? '' : `<sub>${escapeMarkdown(hidden)}</sub>`,
  };
}

function leftOutNote(blocks: readonly TextBlock[], kept: ReadonlySet<TextBlock>): string {
  const kinds = new Map<string, number>();
  for (const { kind } of blocks.filter((block) => !kept.has(block))) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const parts = [...kinds].map(([kind, number]) => count(number, kind, kind.replace(/^(\w+)/, '$1s')));
  return parts.length === 0
    ? ''
    : `**Left out for lack of room: ${list(parts)}, the least risky.** \`atelier preview\` lists all.`;
}

interface Framed {
  readonly preview: Preview;
  readonly frame: ReturnType<typeof frameOf>;
  readonly blocks: Blocks;
}

const frameSize = ({ frame }: Framed): number => frame.head.length + frame.cost.length + frame.tail.length + RESERVED;

/** Environments that get a part of their own; where there are very many, the rest is in the table only. */
function withRoom(all: readonly Framed[], characters: number): ReadonlySet<Framed> {
  const chosen = new Set<Framed>();
  let room = characters;
  for (const each of [...all].sort((a, b) => riskRank(b.preview.risk) - riskRank(a.preview.risk))) {
    room -= frameSize(each);
    if (room < 0) break;
    chosen.add(each);
  }
  return chosen;
}

/** The report for one comment on a pull request: what matters is in sight, the rest folded, never cut in the middle. */
export function markdownReport({ base, previews }: PreviewReport, characters = LONGEST_COMMENT): string {
  const all = previews.map((preview) => ({ preview, frame: frameOf(preview, base.name), blocks: blocksOf(preview) }));
  const table = ['| environment | risk | changes | |', '|---|---|---|---|', ...previews.map(headRow)].join('\n');
  const head = [
    STICKY_MARK,
    '## What will happen',
    ...(previews.length > 1 ? [table] : []),
    ...base.notes.map((note) => `> ${escapeMarkdown(note)}`),
  ].join('\n\n');
  const room = characters - head.length - RESERVED;
  const chosen = withRoom(all, room);
  const shown = all.filter((each) => chosen.has(each));
  const blocks = shown.flatMap((each) => [...each.blocks.problems, ...each.blocks.consequences, ...each.blocks.groups]);
  const kept = new Set(fitBlocks(blocks, room - shown.reduce((sum, each) => sum + frameSize(each), 0)).kept);
  const textOf = (some: readonly TextBlock[]): string =>
    some
      .filter((block) => kept.has(block))
      .map(({ text }) => text)
      .join('\n');
  const sections = shown.map(({ frame, blocks: { problems, consequences, groups } }) =>
    [
      frame.head,
      problems.length > 0 ? `**What is wrong with it now**\n\n${textOf(problems)}` : '',
      textOf(consequences),
      frame.cost,
      textOf(groups).trimEnd(),
      leftOutNote([...problems, ...consequences, ...groups], kept),
      frame.tail,
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  const missing = all.length - shown.length;
  const more = missing > 0 ? [`**${count(missing, 'more environment')}: see the table above.**`] : [];
  return `${[head, ...sections, ...more].join('\n\n')}\n`;
}
