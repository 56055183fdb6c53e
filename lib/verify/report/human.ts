import type { Origin } from '../../bundle/bundle.ts';
import { fieldBlocks, fieldTitle, inlineValue, isScalarChange } from '../../preview/report/field-lines.ts';
import type { Paint } from '../../preview/report/human.ts';
import { describeSubject } from '../../preview/subject.ts';
import { count, distinct, list } from '../../preview/words.ts';
import type { Difference, LateValue, Verification } from '../verify.ts';

type VerifyPaint = Pick<Paint, 'heading' | 'dim' | 'added' | 'removed'>;

/** Lines of one object; the rest is counted. */
const MOST_LINES = 40;

const WORDS: Readonly<Record<Difference['kind'], string>> = {
  missing: 'missing ',
  extra: 'extra   ',
  twice: 'twice   ',
  changed: 'differs ',
  late: 'late    ',
};

function placeOf({ source, path }: Origin, paint: VerifyPaint): string {
  return paint.dim(`  ${source ? `${source.file}:${source.line}` : path}`);
}

function fieldLines(fields: Extract<Difference, { kind: 'changed' }>['fields'], paint: VerifyPaint): readonly string[] {
  const lines = fields.flatMap((field): readonly string[] => {
    if (isScalarChange(field)) {
      const { before, after } = field;
      return [`      ${fieldTitle(field)}: ${paint.removed(inlineValue(before))} → ${paint.added(inlineValue(after))}`];
    }
    return fieldBlocks(field).flatMap(({ title, lines: inner }) => [
      `      ${title}`,
      ...inner.map((line) => {
        const text = `        ${line}`;
        return line.startsWith('+') ? paint.added(text) : line.startsWith('-') ? paint.removed(text) : text;
      }),
    ]);
  });
  const more = lines.length - MOST_LINES;
  return more > 0
    ? [...lines.slice(0, MOST_LINES), paint.dim(`      ${count(more, 'more line')}; --format json has all.`)]
    : lines;
}

function differenceLines(difference: Difference, paint: VerifyPaint): readonly string[] {
  const head = (text: string): string => `  ${WORDS[difference.kind]}${paint.heading(text)}`;
  switch (difference.kind) {
    case 'missing':
      return [`${head(describeSubject(difference.subject))}${placeOf(difference.origin, paint)}`];
    case 'extra':
      return [`${head(describeSubject(difference.subject))}${paint.dim(`  ${difference.urn}`)}`];
    case 'twice':
      return [head(describeSubject(difference.subject)), ...difference.urns.map((urn) => paint.dim(`      ${urn}`))];
    case 'changed':
      return [
        `${head(describeSubject(difference.subject))}${placeOf(difference.origin, paint)}`,
        ...fieldLines(difference.fields, paint),
      ];
    case 'late': {
      const subjects = distinct(difference.subjects.map(describeSubject));
      return [head(`${difference.name} became one thing here and another there: ${list(subjects)}`)];
    }
  }
}

function lateLine({ name, value, places }: LateValue): string {
  const where = distinct(places.map(({ subject }) => describeSubject(subject)));
  const what = value === undefined ? 'not shown by Pulumi, or not known yet' : inlineValue(value);
  return `  ${name}: ${what}, in ${count(places.length, 'place')} of ${list(where, 4)}`;
}

/** The report for people at a terminal; `folder` is where what was reviewed stands. */
export function humanReport(verification: Verification, folder: string, paint: VerifyPaint): string {
  const { environment, source, differences, compared, late, sameMeaning, notCompared, notes } = verification;
  const what = source === 'plan' ? 'what the plan would apply' : 'what the state says was applied';
  const size = `${count(compared.objects, 'object')}, ${count(compared.releases, 'Helm release')}`;
  const verdict =
    differences.length === 0
      ? `${paint.added('✓')} ${environment}: ${what} is what was reviewed in ${folder}: ${size}`
      : `${paint.removed('✗')} ${environment}: ${what} is not what was reviewed in ${folder}: ${count(differences.length, 'difference')} in ${size}`;
  const others = Object.entries(notCompared).map(([name, number]) => `${number} ${name}`);
  return [
    verdict,
    ...differences.flatMap((difference) => differenceLines(difference, paint)),
    ...(late.length > 0 ? ['late values, which only the cloud knows', ...late.map(lateLine)] : []),
    ...notes.map((note) => paint.dim(`note: ${note}`)),
    ...(sameMeaning > 0
      ? [paint.dim(`${count(sameMeaning, 'value is', 'values are')} written differently with the same meaning`)]
      : []),
    ...(others.length > 0 ? [paint.dim(`not compared: ${others.join(', ')}`)] : []),
  ].join('\n');
}
