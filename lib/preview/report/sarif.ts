import { CONSEQUENCES } from '../consequences/registry.ts';
import type { MergedConsequence, Preview } from '../preview.ts';
import { RISK_WORDS, type Risk } from '../risk.ts';
import { describeAbout, type PreviewReport } from './summary.ts';

const LEVELS: Readonly<Record<Risk, 'none' | 'note' | 'warning' | 'error'>> = {
  safe: 'none',
  care: 'note',
  disruptive: 'warning',
  dangerous: 'error',
};

function result(preview: Preview, { rule, risk, about, message, source }: MergedConsequence) {
  return {
    ruleId: rule,
    kind: risk === 'safe' ? 'informational' : 'fail',
    level: LEVELS[risk],
    message: { text: `${preview.environment}: ${describeAbout(about, 6)}: ${message} (${RISK_WORDS[risk]})` },
    // Paths outside of the working folder mean nothing to whoever reads the report.
    locations:
      source && !source.file.startsWith('/') && !source.file.startsWith('..')
        ? [
            {
              physicalLocation: {
                artifactLocation: { uri: source.file.split('/').map(encodeURIComponent).join('/') },
                region: { startLine: source.line, startColumn: source.column },
              },
            },
          ]
        : [],
    properties: { environment: preview.environment, risk },
  };
}

/** SARIF 2.1.0: one result for each consequence, at the line of the environment that brings it about. */
export function sarifReport({ previews }: PreviewReport): string {
  const driver = {
    name: 'atelier preview',
    rules: CONSEQUENCES.map(({ id, title, upstream }) => ({
      id,
      shortDescription: { text: title },
      fullDescription: { text: `${title}. Decided by: ${upstream}.` },
    })),
  };
  const results = previews.flatMap((preview) => preview.consequences.map((each) => result(preview, each)));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return JSON.stringify(log, null, 2);
}
