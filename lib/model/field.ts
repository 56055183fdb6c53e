import * as z from 'zod';
import { isCronSchedule } from '../core/cron.ts';
import { correctDuration, DURATION_PATTERN, parseDuration } from '../core/duration.ts';
import { dnsLabelProblem, toDnsLabel } from '../core/names.ts';
import { BYTES_PATTERN, CPU_PATTERN, correctBytes, correctCpu, parseBytes, parseMillicpu } from '../core/quantity.ts';

// Before the first schema is made: compiling validators pays off after thousands of environments, and costs every command
// 40 ms of 500.
z.config({ jitless: true });

/** What a custom issue of a schema carries beside its message: the stable code and the remedy. */
export interface IssueParams {
  readonly code: string;
  readonly hint?: string;
}

/** A DNS label of at most 63 characters: names of pools, profiles, tenants, namespaces. */
export const nameField = z
  .string()
  .superRefine((name, context) => {
    const problem = dnsLabelProblem(name);
    if (!problem) return;
    const suggestion = toDnsLabel(name);
    const params: IssueParams = {
      code: 'ENV007',
      ...(suggestion && suggestion !== name ? { hint: `For example "${suggestion}".` } : {}),
    };
    context.addIssue({ code: 'custom', message: `"${name}" ${problem}.`, params: { ...params } });
  })
  // The JSON Schema says the same, for editors.
  .meta({ pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 });

interface QuantitySyntax {
  /** Regular expression of the text, for JSON Schema. */
  readonly pattern: string;
  /** What it is called in messages. */
  readonly what: string;
  readonly examples: readonly (string | number)[];
  /** What a text of another form means, in this one. */
  readonly correct: (text: string) => string | undefined;
}

const quantity = (parse: (text: string) => number | undefined, { pattern, what, examples, correct }: QuantitySyntax) =>
  z
    .union([z.string(), z.number()])
    // Here and not on what comes out: JSON Schema describes what people write.
    .meta({ pattern, examples: [...examples] })
    .transform((value, context) => {
      const parsed = parse(String(value));
      if (parsed === undefined) {
        const meant = correct(String(value));
        const hint =
          meant !== undefined && parse(meant) !== undefined
            ? `Did you mean "${meant}"?`
            : `For example ${examples.map((example) => JSON.stringify(example)).join(' or ')}.`;
        const params: IssueParams = { code: 'ENV006', hint };
        context.addIssue({ code: 'custom', message: `"${value}" is no ${what}.`, params: { ...params } });
        return z.NEVER;
      }
      return parsed;
    });

/** CPU as Kubernetes writes it (`"500m"`, `4`), read as millicores. */
export const cpuField = quantity(parseMillicpu, {
  pattern: CPU_PATTERN,
  what: 'CPU quantity',
  examples: ['500m', 4],
  correct: correctCpu,
});

/** Memory or storage as Kubernetes writes it (`"16Gi"`), read as bytes. A number without a unit would be bytes: refused. */
export const bytesField = quantity((text) => (/[a-zA-Z]$/.test(text) ? parseBytes(text) : undefined), {
  pattern: BYTES_PATTERN,
  what: 'memory or storage quantity with a unit',
  examples: ['16Gi'],
  correct: correctBytes,
});

/** A duration such as `"5m"`, `"1h30m"` or `"14d"`, read as seconds. */
export const durationField = quantity(parseDuration, {
  pattern: DURATION_PATTERN,
  what: 'duration in s, m, h or d',
  examples: ['5m', '1h30m'],
  correct: correctDuration,
});

/** When something happens again and again, for example `"0 6 * * mon-fri"`. */
export const cronField = z.string().superRefine((text, context) => {
  if (isCronSchedule(text)) return;
  const hint = 'Minute, hour, day, month and weekday, for example "0 6 * * mon-fri".';
  const params: IssueParams = { code: 'ENV006', hint };
  context.addIssue({ code: 'custom', message: `"${text}" is no cron schedule.`, params: { ...params } });
});

/** A duration of whole hours, for what counts in nothing smaller. */
export const hoursField = durationField.refine((seconds) => seconds >= 3600 && seconds % 3600 === 0, {
  error: 'is not a whole number of hours',
  params: { code: 'ENV006', hint: 'For example "4h".' } satisfies IssueParams,
});

/** Label key: optional DNS prefix and a name of at most 63 characters. */
export const labelKeyField = z
  .string()
  .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'is no label key');

/** Label value: at most 63 characters, may be empty. */
export const labelValueField = z
  .string()
  .regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, 'is no label value');

/** Labels or node selectors. */
export const labelsField = z.record(labelKeyField, labelValueField);

/** One word: a host, a claim, the name of a group. Stands unquoted in configuration files. */
export const wordField = z.string().regex(/^\S+$/, 'may not be empty or contain spaces');

/** A host name: it goes into configuration files, Ingress rules and templates. */
export const hostField = z
  .string()
  .regex(/^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?$/, 'is no host name; it has no scheme, port or path');

/** A host name, with a port where it is not the usual one. */
export const hostAndPortField = z
  .string()
  .regex(/^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:\d{1,5})?$/, 'is no host name, with or without a port');

/** Id of a VPC in AWS. */
export const vpcIdField = z.string().regex(/^vpc-[0-9a-f]{8,17}$/, 'is no VPC id');

/** A list in which nothing stands twice. */
export function listWithoutRepeats<T extends z.ZodType>(item: T) {
  return z.array(item).superRefine((list, context) => {
    list.forEach((value, index) => {
      if (list.indexOf(value) === index) return;
      const params: IssueParams = { code: 'ENV008', hint: 'Name it once.' };
      context.addIssue({ code: 'custom', path: [index], message: `"${value}" stands twice.`, params: { ...params } });
    });
  });
}

/** A URL that stands unquoted in configuration files: `new URL` would pass over a line break inside. */
export const urlField = z.url().regex(/^[^\s'"\\]+$/, 'may not contain spaces, quotes or backslashes');

/** `"09:30"`. */
export const timeOfDayField = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day such as "09:30"');
