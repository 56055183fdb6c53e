import type { Explanation, Line, Step, Verdict } from '../explanation.ts';
import { describeFullPlace, describePlace, distFiles } from './place.ts';

/** How parts of the text are painted; the identity where there is no terminal. */
export interface Paint {
  readonly verdict: (verdict: Verdict, text: string) => string;
  readonly heading: (text: string) => string;
  readonly dim: (text: string) => string;
}

export interface HumanOptions {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Tell everything: details, every place and file. */
  readonly long: boolean;
}

const MARKS: Readonly<Record<Verdict, string>> = { fine: '✓', care: '!', stop: '✗' };
const LINE_MARKS = { yes: '✓', no: '✗' } as const;
const KINDS = { profile: 'session profile', 'node-pool': 'node pool', tenant: 'tenant', object: 'object' } as const;
/** Places of a step that are told to who did not ask for all. */
const FEW_PLACES = 2;

/** The text broken at spaces, so that no line is wider than `width`; words that are wider stay whole. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

function lineTexts({ text, mark }: Line, width: number, paint: Paint): readonly string[] {
  const room = mark ? width - 2 : width;
  return wrap(text, room).map((part, index) => {
    if (!mark) return part;
    return index === 0 ? `${paint.verdict(mark === 'yes' ? 'fine' : 'stop', LINE_MARKS[mark])} ${part}` : `  ${part}`;
  });
}

/** Where a step can be read: all of it, or in one line what the head of the explanation does not say already. */
function whereabouts(
  step: Step,
  { environment, place }: Explanation,
  { width, long }: HumanOptions,
): readonly string[] {
  const files = distFiles(step, environment);
  if (long) return [...new Set([...step.places.map(describeFullPlace), ...files])];
  const places = step.places.filter(({ isDefault, source }) => source !== undefined && !isDefault).map(describePlace);
  const known = place ? describePlace(place) : '';
  const all = [...new Set(places)].filter((each) => each !== known).concat(files);
  const shown = all.slice(0, FEW_PLACES);
  while (shown.length > 1 && shown.join('  ').length + 10 > width) shown.pop();
  const more = all.length - shown.length;
  return shown.length === 0 ? [] : [`${shown.join('  ')}${more > 0 ? `  +${more} more` : ''}`];
}

function stepLines(step: Step, explanation: Explanation, options: HumanOptions, idWidth: number): readonly string[] {
  const { paint, width, long } = options;
  const indent = idWidth + 4;
  const room = Math.max(30, width - indent);
  const [first = '', ...rest] = wrap(step.summary, room);
  const head = `${paint.verdict(step.verdict, MARKS[step.verdict])} ${paint.heading(step.id.padEnd(idWidth))}  ${first}`;
  const shown = step.lines.filter(({ detail }) => long || !detail);
  const below = [
    ...rest,
    ...shown.flatMap((line) => lineTexts(line, room, paint)),
    ...whereabouts(step, explanation, { ...options, width: room }).map((text) => paint.dim(text)),
  ];
  return [head, ...below.map((text) => `${' '.repeat(indent)}${text}`)];
}

/** An explanation for a terminal: one line for the whole, then link after link. */
export function humanExplanation(explanation: Explanation, options: HumanOptions): string {
  const { kind, name, environment, title, place, verdict, summary, steps } = explanation;
  const { paint, width } = options;
  const idWidth = Math.max(...steps.map(({ id }) => id.length));
  const whole = wrap(summary, width - 2);
  return [
    `${paint.heading(name)}, ${KINDS[kind]} of ${environment}${title === name || title === '' ? '' : `: ${title}`}`,
    ...(place ? [paint.dim(describeFullPlace(place))] : []),
    '',
    ...whole.map((text, index) => `${index === 0 ? paint.verdict(verdict, MARKS[verdict]) : ' '} ${text}`),
    '',
    ...steps.flatMap((step) => stepLines(step, explanation, options, idWidth)),
  ].join('\n');
}
