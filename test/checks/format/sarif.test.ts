import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ReportedEnvironment } from '../../../lib/checks/format/reported-environment.ts';
import { type SarifLog, sarifLog } from '../../../lib/checks/format/sarif.ts';
import { REFERENCE_CODES, SHAPE_CODES } from '../../../lib/checks/problem-codes.ts';
import { RULE_TEXTS } from '../../../lib/checks/registry.ts';
import type { Problem } from '../../../lib/core/problem.ts';

const problem = (change: Partial<Problem> = {}): Problem => ({
  code: 'NODE002',
  severity: 'error',
  path: 'sessionProfiles.gpu',
  source: { file: 'stacks/environments/größe 1.ts', line: 12, column: 5 },
  message: 'does not fit.',
  hint: 'Ask for less.',
  ...change,
});

const reported = (problems: readonly Problem[], environment = 'prod'): ReportedEnvironment => ({
  environment,
  problems,
  silenced: [],
});

const resultsOf = (log: SarifLog) => log.runs[0].results;
const fingerprintsOf = (log: SarifLog) => resultsOf(log).map((result) => Object.values(result.partialFingerprints)[0]);

/** What the schema of SARIF 2.1.0 demands of the parts that we write. */
function structuralProblems(log: SarifLog): readonly string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  must(log.version === '2.1.0', 'version');
  must(/sarif-schema-2\.1\.0\.json$/.test(log.$schema), '$schema');
  must(log.runs.length === 1, 'runs');
  for (const { tool, results, columnKind } of log.runs) {
    const { driver } = tool;
    must(driver.name.length > 0, 'driver.name');
    must(/^\d+\.\d+\.\d+/.test(driver.semanticVersion), 'semanticVersion');
    must(['utf16CodeUnits', 'unicodeCodePoints'].includes(columnKind), 'columnKind');
    must(new Set(driver.rules.map(({ id }) => id)).size === driver.rules.length, 'rules are unique');
    for (const rule of driver.rules) {
      for (const text of [rule.shortDescription, rule.fullDescription, rule.help]) {
        must(text.text.length > 0, `${rule.id} text`);
        must(text.markdown === undefined || text.markdown.length > 0, `${rule.id} markdown`);
      }
      must(['none', 'note', 'warning', 'error'].includes(rule.defaultConfiguration.level), `${rule.id} level`);
    }
    for (const result of results) {
      must(driver.rules[result.ruleIndex]?.id === result.ruleId, `${result.ruleId} ruleIndex`);
      must(['none', 'note', 'warning', 'error'].includes(result.level), 'level');
      must(result.message.text.length > 0, 'message');
      for (const { physicalLocation } of result.locations) {
        if (!physicalLocation) continue;
        must(/^[^\s\\]+$/.test(physicalLocation.artifactLocation.uri), 'uri');
        must(physicalLocation.region.startLine >= 1 && physicalLocation.region.startColumn >= 1, 'region');
      }
      for (const { kind } of result.suppressions ?? []) must(['inSource', 'external'].includes(kind), 'suppression');
    }
  }
  return found;
}

describe('PROVE-1: the report as SARIF 2.1.0', () => {
  test('has the structure that the schema demands, with every code described', () => {
    const silenced = [{ ...problem({ code: 'AUTO004', severity: 'warning' }), reason: 'only a demo' }];
    const log = sarifLog([{ ...reported([problem(), problem({ code: 'ENV004' })]), silenced }], '0.1.0');
    expect(structuralProblems(log)).toEqual([]);
    const described = log.runs[0].tool.driver.rules.map(({ id }) => id);
    expect(described).toEqual([...RULE_TEXTS, ...SHAPE_CODES, ...REFERENCE_CODES].map(({ id }) => id));
    expect(structuralProblems(sarifLog([], '0.1.0'))).toEqual([]);
  });

  test('GIVEN a finding THEN the result names file and line below the root, place, and remedy', () => {
    const [result] = resultsOf(sarifLog([reported([problem({ object: 'Service "a/b"' })])], '0.1.0'));
    expect(result).toMatchObject({
      ruleId: 'NODE002',
      level: 'error',
      message: { text: 'sessionProfiles.gpu: does not fit. Ask for less.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'stacks/environments/gr%C3%B6%C3%9Fe%201.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 12, startColumn: 5 },
          },
          logicalLocations: [{ fullyQualifiedName: 'sessionProfiles.gpu' }, { fullyQualifiedName: 'Service "a/b"' }],
        },
      ],
      properties: { environment: 'prod' },
    });
  });

  test('GIVEN a file outside the root THEN its URI is whole', () => {
    const file = '/tmp/my environment.yaml';
    const [result] = resultsOf(sarifLog([reported([problem({ source: { file, line: 1, column: 1 } })])], '0.1.0'));
    expect(result?.locations[0].physicalLocation?.artifactLocation).toEqual({ uri: pathToFileURL(file).href });
  });

  test('GIVEN what is silenced THEN it is a suppressed result with its reason', () => {
    const silenced = [{ ...problem(), reason: 'only a demo' }];
    const log = sarifLog([{ environment: 'prod', problems: [], silenced }], '0.1.0');
    expect(resultsOf(log)).toMatchObject([{ suppressions: [{ kind: 'inSource', justification: 'only a demo' }] }]);
  });

  test('GIVEN lines that move and numbers that change THEN fingerprints stay; other places, codes, environments differ', () => {
    const moved = problem({ source: { file: 'other.ts', line: 99, column: 1 }, message: 'does not fit by 3.' });
    const [first] = fingerprintsOf(sarifLog([reported([problem()])], '0.1.0'));
    expect(fingerprintsOf(sarifLog([reported([moved])], '0.2.0'))).toEqual([first]);
    const all = sarifLog(
      [
        reported([problem(), problem(), problem({ path: 'sessionProfiles.b' }), problem({ code: 'NODE003' })]),
        reported([problem(), problem({ object: 'Service "a/b"' })], 'dev'),
      ],
      '0.1.0',
    );
    expect(fingerprintsOf(all)[0]).toBe(first);
    expect(new Set(fingerprintsOf(all)).size).toBe(6);
  });
});
