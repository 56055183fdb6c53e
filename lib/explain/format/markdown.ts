import { escapeMarkdown } from '../../core/markdown.ts';
import type { Explanation, Line, Step, Verdict } from '../explanation.ts';
import { describeFullPlace, distFiles } from './place.ts';

const MARKS: Readonly<Record<Verdict, string>> = { fine: '✅', care: '⚠️', stop: '❌' };
const LINE_MARKS = { yes: '✅ ', no: '❌ ' } as const;
const KINDS = { profile: 'Session profile', 'node-pool': 'Node pool', tenant: 'Tenant', object: 'Object' } as const;

const lineText = ({ text, mark }: Line): string => `- ${mark ? LINE_MARKS[mark] : ''}${escapeMarkdown(text)}`;

function stepText(step: Step, environment: string): string {
  const where = [...step.places.map(describeFullPlace), ...distFiles(step, environment)];
  const quoted = [...new Set(where)].map((place) => `\`${place}\``);
  return [
    `${MARKS[step.verdict]} **${step.id}**: ${escapeMarkdown(step.summary)}`,
    '',
    ...step.lines.map(lineText),
    ...(quoted.length > 0 ? [`- ${quoted.join(', ')}`] : []),
  ].join('\n');
}

/** An explanation for a ticket or a page; details included. */
export function markdownExplanation(explanation: Explanation): string {
  const { kind, name, environment, title, place, verdict, summary, steps } = explanation;
  const told = title === name || title === '' ? '' : `: ${escapeMarkdown(title)}`;
  return [
    `## ${KINDS[kind]} \`${name}\` of ${environment}${told}`,
    `${MARKS[verdict]} ${escapeMarkdown(summary)}`,
    ...(place ? [`\`${describeFullPlace(place)}\``] : []),
    ...steps.map((step) => stepText(step, environment)),
  ].join('\n\n');
}
