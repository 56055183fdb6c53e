import type { Answer } from './ask-scheduler.ts';
import type { Expectation } from './disagreement.ts';

/** One pod, what the model said of it and what the scheduler did. */
export interface Case {
  readonly expected: Expectation;
  readonly answer: Answer;
}

/** How the cases of a run are distributed. */
export interface Tally {
  readonly cases: number;
  readonly scheduled: number;
  readonly pending: number;
  /** Of those that were pending at first, the ones for which room was made. */
  readonly preempting: number;
  /** Cases by reason, the most frequent first. */
  readonly reasons: readonly (readonly [string, number])[];
  /** Time until the scheduler's decision, all cases together. */
  readonly schedulerMs: number;
}

function reasonCodes({ verdict }: Expectation): ReadonlySet<string> {
  const reasons = verdict.kind === 'refused' ? [verdict.reason] : verdict.rejected.flatMap((each) => each.reasons);
  return new Set(reasons.map(({ code }) => code));
}

export function tally(cases: readonly Case[]): Tally {
  const reasons = new Map<string, number>();
  for (const { expected } of cases) {
    for (const code of reasonCodes(expected)) reasons.set(code, (reasons.get(code) ?? 0) + 1);
  }
  const scheduled = cases.filter(({ expected }) => expected.verdict.kind === 'feasible').length;
  return {
    cases: cases.length,
    scheduled,
    pending: cases.length - scheduled,
    preempting: cases.filter(({ expected }) => expected.candidates.length > 0).length,
    reasons: [...reasons].sort(([, a], [, b]) => b - a),
    schedulerMs: cases.reduce((sum, { answer }) => sum + answer.elapsed, 0),
  };
}

/** The tally for people, with the time that the model took for the same cases. */
export function describeTally({ cases, reasons, schedulerMs, ...counts }: Tally, modelMs: number): string {
  const share = (part: number): string => `${part} (${((100 * part) / cases).toFixed(0)} %)`;
  const perSecond = (ms: number): string => ((1000 * cases) / ms).toFixed(0);
  return [
    `${cases} cases: ${share(counts.scheduled)} scheduled, ${share(counts.pending)} pending, ${share(counts.preempting)} of all made room for by preemption`,
    `cases by reason: ${reasons.map(([code, count]) => `${code} ${count}`).join(', ')}`,
    `verdicts per second: model ${perSecond(modelMs)}, scheduler ${perSecond(schedulerMs)}`,
  ].join('\n');
}
