import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../../core/problem.ts';
import { rulePage } from '../page.ts';
import { REFERENCE_CODES, SHAPE_CODES } from '../problem-codes.ts';
import { RULE_TEXTS } from '../registry.ts';
import { fingerprints } from './fingerprint.ts';
import type { ReportedEnvironment } from './reported-environment.ts';

// SARIF 2.1.0, OASIS standard of 27 March 2020 with errata 01: as much of it as Atelier says.

interface MultiformatMessage {
  readonly text: string;
  readonly markdown?: string;
}

interface ReportingDescriptor {
  readonly id: string;
  readonly shortDescription: MultiformatMessage;
  readonly fullDescription: MultiformatMessage;
  readonly help: MultiformatMessage;
  readonly defaultConfiguration: { readonly level: 'error' | 'warning' };
}

interface Location {
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: { readonly startLine: number; readonly startColumn: number };
  };
  readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: 'error' | 'warning';
  readonly message: { readonly text: string };
  readonly locations: readonly [Location];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: 'inSource'; readonly justification: string }[];
  readonly properties: { readonly environment: string };
}

/** A SARIF log with one run. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly name: string;
          readonly semanticVersion: string;
          readonly rules: readonly ReportingDescriptor[];
        };
      };
      readonly columnKind: 'utf16CodeUnits';
      readonly results: readonly Result[];
    },
  ];
}

/** Base of relative paths: the folder the command ran in, which is that of the repository in CI. */
const ROOT = '%SRCROOT%';

/** Name of our fingerprint; the number counts up when it is made of something else. */
const FINGERPRINT = 'atelierProblem/v1';

/** Every code that a report may name. */
function descriptors(): readonly ReportingDescriptor[] {
  const codes = [...SHAPE_CODES, ...REFERENCE_CODES].map(({ id, what }): ReportingDescriptor => {
    const text = `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
    const help = `${text} The environment cannot be understood before this is mended.`;
    const description = { text };
    const level = 'error';
    return {
      id,
      shortDescription: description,
      fullDescription: description,
      help: { text: help, markdown: help },
      defaultConfiguration: { level },
    };
  });
  const rules = RULE_TEXTS.map((rule): ReportingDescriptor => {
    const { id, title, severity, protectsFrom, because, source } = rule;
    return {
      id,
      shortDescription: { text: title },
      fullDescription: { text: `Protects from ${protectsFrom}.` },
      help: { text: `${because} Source: ${source}.`, markdown: rulePage(rule) },
      defaultConfiguration: { level: severity },
    };
  });
  return [...rules, ...codes];
}

/** The file as a URI: relative to the root where it lies below, by scheme elsewhere. */
function artifactLocation(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

function location({ path, source, object }: Problem): Location {
  return {
    ...(source
      ? {
          physicalLocation: {
            artifactLocation: artifactLocation(source.file),
            region: { startLine: source.line, startColumn: source.column },
          },
        }
      : {}),
    logicalLocations: [path, object].flatMap((name) => (name === undefined ? [] : [{ fullyQualifiedName: name }])),
  };
}

/** Everything that was found, as a SARIF 2.1.0 log. What is silenced is a suppressed result with its justification. */
export function sarifLog(environments: readonly ReportedEnvironment[], version: string): SarifLog {
  const rules = descriptors();
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const fingerprint = fingerprints();
  const result = (environment: string, problem: Problem, reason?: string): Result => ({
    ruleId: problem.code,
    ruleIndex: indexes.get(problem.code) ?? -1,
    level: problem.severity,
    message: { text: `${problem.path}: ${problem.message}${problem.hint ? ` ${problem.hint}` : ''}` },
    locations: [location(problem)],
    partialFingerprints: { [FINGERPRINT]: fingerprint(environment, problem) },
    ...(reason === undefined ? {} : { suppressions: [{ kind: 'inSource', justification: reason }] }),
    properties: { environment },
  });
  const results = environments.flatMap(({ environment, problems, silenced }) => [
    ...problems.map((problem) => result(environment, problem)),
    ...silenced.map((problem) => result(environment, problem, problem.reason)),
  ]);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Atelier', semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}
