import type { Explanation } from '../explanation.ts';

/** The JSON report; `format` counts up when a field changes its meaning (docs/explain.md). */
export interface ExplanationReport extends Explanation {
  readonly format: 1;
}

export function jsonExplanation(explanation: Explanation): ExplanationReport {
  return { format: 1, ...explanation };
}
