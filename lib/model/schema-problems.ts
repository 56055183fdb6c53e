import type * as z from 'zod';
import { type Path, type PlacedProblem, resolveProblem } from '../core/path.ts';
import type { Problem } from '../core/problem.ts';
import { didYouMean, nearest } from '../core/suggest.ts';
import type { IssueParams } from './field.ts';
import { knownKeys, knownValues } from './schema-walk.ts';

type Issue = z.core.$ZodIssue;

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** A value as a message shows it: short, quoted, never a whole list. */
function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'a map';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}

const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`);
const EXPECTED: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  int: 'a whole number',
};
/** What zod's formats are called, with an example. */
const FORMATS: Readonly<Record<string, string>> = {
  cidrv4: 'block of addresses such as "10.0.0.0/8"',
  date: 'date such as "2027-03-31"',
  url: 'URL such as "https://example.org/path"',
};
const expectedNoun = (expected: string): string => EXPECTED[expected] ?? article(expected);

/** The keys of a map that is missing, or in whose place something else stands. */
function keysHint(schema: z.core.$ZodType, at: Path): string | undefined {
  const keys = knownKeys(schema, at);
  return keys.length > 0 ? `Its keys: ${keys.map((key) => `"${key}"`).join(', ')}.` : undefined;
}

/** How to write what is meant, where that can be told. */
function typeHint(schema: z.core.$ZodType, at: Path, expected: string, value: unknown): string | undefined {
  if (value === null) return 'Fill it in, or leave the key out.';
  if (expected === 'string' && typeof value === 'number') {
    // What the file says is lost by now: 1.30 reads as 1.3.
    return Number.isInteger(value)
      ? `Write it in quotes: "${value}".`
      : 'Write it in quotes, because a number loses the zeros at its end.';
  }
  if (expected === 'boolean') return 'Write true or false, without quotes.';
  return expected === 'object' ? keysHint(schema, at) : undefined;
}

function amount(issue: { origin: string; inclusive?: boolean | undefined }, bound: unknown, direction: string): string {
  const unit: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };
  return `${direction} ${String(bound)}${unit[issue.origin] ?? ''}${issue.inclusive === false ? ' (exclusive)' : ''}`;
}

function unionProblems(schema: z.core.$ZodType, root: unknown, issue: Issue & { code: 'invalid_union' }, at: Path) {
  const value = valueAt(root, at);
  const allowed = knownValues(schema, at);
  if (issue.errors.length === 0 || (typeof value === 'string' && allowed.length > 0)) {
    return [
      {
        code: value === undefined ? 'ENV002' : 'ENV004',
        at,
        message: value === undefined ? 'is missing.' : `${show(value)} is not known here.`,
        hint: didYouMean(String(value ?? ''), allowed),
      },
    ];
  }
  // The option that got furthest is the one the person meant: its complaints are inside, not about the whole.
  const aboutWhole = (nested: Issue): boolean =>
    nested.path.length === 0 && (nested.code === 'invalid_type' || nested.code === 'invalid_value');
  const [meant, ...others] = issue.errors.filter((option) => !option.some(aboutWhole));
  if (meant && others.length === 0) {
    return meant.flatMap((nested) => issueProblems(schema, root, nested, [...at, ...nested.path]));
  }
  const forms = issue.errors.flat().filter(aboutWhole).flatMap(allowedForm);
  const rule = [...new Set(forms)].join(' or ') || 'one of the allowed forms';
  return [{ code: 'ENV003', at, message: `${show(value)} is not ${rule}.`, hint: keysHint(schema, at) }];
}

/** What an option of a union asks for as a whole: `a map`, `"everyone"`. */
function allowedForm(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_type') return [expectedNoun(issue.expected)];
  return issue.code === 'invalid_value' ? issue.values.map((value) => show(value)) : [];
}

function issueProblems(schema: z.core.$ZodType, root: unknown, issue: Issue, at: Path): readonly PlacedProblem[] {
  const value = valueAt(root, at);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        code: 'ENV001',
        at: [...at, key],
        message: `"${key}" is not a known key here.`,
        hint: didYouMean(key, knownKeys(schema, at)),
      }));
    case 'invalid_type':
      return value === undefined
        ? [
            {
              code: 'ENV002',
              at,
              message: `is missing; it must be ${expectedNoun(issue.expected)}.`,
              hint: (issue.expected === 'object' ? keysHint(schema, at) : undefined) ?? 'Add it.',
            },
          ]
        : [
            {
              code: 'ENV003',
              at,
              message:
                value === null
                  ? `is empty; it must be ${expectedNoun(issue.expected)}.`
                  : `${show(value)} is not ${expectedNoun(issue.expected)}.`,
              hint: typeHint(schema, at, issue.expected, value),
            },
          ];
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const missing = value === undefined;
      const code = missing ? 'ENV002' : 'ENV004';
      if (allowed.length === 1) {
        const only = show(issue.values[0]);
        const message = missing ? `is missing; it must be ${only}.` : `${show(value)} is not ${only}.`;
        return [{ code, at, message, hint: `Write ${only}${String(value) === allowed[0] ? ', without quotes' : ''}.` }];
      }
      return [
        {
          code,
          at,
          message: missing ? 'is missing.' : `${show(value)} is not one of the allowed values.`,
          hint: nearest(String(value), allowed)
            ? didYouMean(String(value), allowed)
            : `Allowed: ${allowed.join(', ')}.`,
        },
      ];
    }
    case 'invalid_union':
      return unionProblems(schema, root, issue, at);
    case 'too_small':
      return [
        { code: 'ENV005', at, message: `${show(value)} is too small: ${amount(issue, issue.minimum, 'at least')}.` },
      ];
    case 'too_big':
      return [
        { code: 'ENV005', at, message: `${show(value)} is too big: ${amount(issue, issue.maximum, 'at most')}.` },
      ];
    case 'invalid_format': {
      const own = /^(is|may|has) /.test(issue.message);
      const rule = own ? issue.message : `is no ${FORMATS[issue.format] ?? issue.format}`;
      return [{ code: 'ENV006', at, message: `${show(value)} ${rule}.` }];
    }
    case 'invalid_key':
      return issue.issues.map((nested) => ({
        code: 'ENV006',
        at,
        message: `the key ${show(String(at.at(-1)))} ${/^is /.test(nested.message) ? nested.message : 'is not allowed'}.`,
      }));
    case 'custom': {
      const params = issue.params as IssueParams | undefined;
      const message = /^is /.test(issue.message) ? `${show(value)} ${issue.message}.` : issue.message;
      return [{ code: params?.code ?? 'ENV006', at, message, hint: params?.hint }];
    }
    default:
      return [{ code: 'ENV006', at, message: `${show(value)}: ${issue.message}.` }];
  }
}

/** A key that is missing because it is misspelt is told once, where it is misspelt. */
function withoutEchoes(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  const placeOf = (at: Path): string => JSON.stringify(at.map(String));
  const meant = new Set(
    problems.flatMap(({ code, at, hint }) => {
      const key = code === 'ENV001' ? /^Did you mean "([^"]+)"\?$/.exec(hint ?? '')?.[1] : undefined;
      return key === undefined ? [] : [placeOf([...at.slice(0, -1), key])];
    }),
  );
  return problems.filter(({ code, at }) => code !== 'ENV002' || !meant.has(placeOf(at)));
}

/** What zod found, as Problems: every one, with value, rule and remedy. */
export function schemaProblems(schema: z.core.$ZodType, root: unknown, issues: readonly Issue[]): readonly Problem[] {
  const problems = issues.flatMap((issue) => issueProblems(schema, root, issue, issue.path));
  return withoutEchoes(problems).map((problem) => resolveProblem(problem, root));
}
