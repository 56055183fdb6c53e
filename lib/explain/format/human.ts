import type { Explanation, Line, Step, Verdict } from '../explanation.ts';
import { describePlace, whereabouts } from './place.ts';

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

function placeLine(
  step: Step,
  environment: string,
  { width, long, paint }: HumanOptions,
  indent: number,
): readonly string[] {
  const all = whereabouts(step, environment);
  if (all.length === 0) return [];
  if (long) return all.map((each) => paint.dim(each));
  const shown = all.slice(0, FEW_PLACES);
  const text = `${shown.join('  ')}${all.length > shown.length ? `  +${all.length - shown.length}` : ''}`;
  return [paint.dim(text.length > width - indent && shown[0] !== undefined ? `${shown[0]}  +${all.length - 1}` : text)];
}

function stepLines(step: Step, environment: string, options: HumanOptions, idWidth: number): readonly string[] {
  const { paint, width, long } = options;
  const indent = idWidth + 4;
  const room = Math.max(30, width - indent);
  const [first = '', ...rest] = wrap(step.summary, room);
  const head = `${paint.verdict(step.verdict, MARKS[step.verdict])} ${paint.heading(step.id.padEnd(idWidth))}  ${first}`;
  const shown = step.lines.filter(({ detail }) => long || !detail);
  const below = [
    ...rest,
    ...shown.flatMap((line) => lineTexts(line, room, paint)),
    ...placeLine(step, environment, options, indent),
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
    ...(place ? [paint.dim(`${describePlace(place)}${place.source ? ` ${place.path}` : ''}`)] : []),
    '',
    ...whole.map((text, index) => `${index === 0 ? paint.verdict(verdict, MARKS[verdict]) : ' '} ${text}`),
    '',
    ...steps.flatMap((step) => stepLines(step, environment, options, idWidth)),
  ].join('\n');
}
