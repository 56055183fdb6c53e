import type { Bundle } from '../bundle/bundle.ts';
import { type PlacedProblem, resolveProblem } from '../core/path.ts';
import type { Problem } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import type { Silence } from '../model/checks.ts';
import type { RuleText } from './rule.ts';

/** A finding that the environment accepts, and why. */
export interface SilencedProblem extends Problem {
  readonly reason: string;
}

export const unknownSilence: RuleText = {
  id: 'SIL001',
  title: 'Only rules that exist are silenced',
  severity: 'error',
  protectsFrom: 'a silence that was meant for something and silences nothing, or will silence a later rule by accident',
  because: 'A rule is known by its identifier, which never changes its meaning and is never given to another rule.',
  source: 'lib/checks/registry.ts',
  example: {
    of: 'environment',
    breaks: 'checks: { silence: [{ rule: AUTO080, reason: "one type is all we may buy" }] }',
    mended: 'checks: { silence: [] }',
  },
};

export const uselessSilence: RuleText = {
  id: 'SIL002',
  title: 'Every silence silences something',
  severity: 'warning',
  protectsFrom: 'a silence that outlives its cause, and hides the next mistake of its kind',
  because:
    'What was accepted once is mended some day. A silence that is left behind would swallow the next finding unread.',
  source: 'lib/checks/silence.ts',
  example: {
    of: 'environment',
    breaks: 'checks: { silence: [{ rule: NODE004, at: nodePools.gpu, reason: "an old machine, soon to go" }] }',
    mended: 'checks: { silence: [] }',
  },
};

/** Whether the printed path is the place or below it. */
function isBelow(path: string, at: string): boolean {
  return path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[`);
}

function concerns({ rule, at }: Silence, { code, path }: Problem): boolean {
  return code === rule && (at === undefined || isBelow(path, at));
}

/** What is wrong with the silences themselves. */
function problemsOf(silence: Silence, index: number, found: readonly Problem[], known: readonly string[]) {
  const at = ['checks', 'silence', index];
  const problem = (
    { id, severity }: RuleText,
    key: string,
    message: string,
    hint: string,
  ): readonly PlacedProblem[] => [{ code: id, severity, at: [...at, key], message, hint }];
  if (!known.includes(silence.rule)) {
    return problem(unknownSilence, 'rule', `"${silence.rule}" is no rule.`, didYouMean(silence.rule, known));
  }
  if (found.some((finding) => concerns(silence, finding))) return [];
  const places = found.filter(({ code }) => code === silence.rule).map(({ path }) => path);
  const where = silence.at === undefined ? '' : ` at "${silence.at}"`;
  const message = `${silence.rule} finds nothing${where}.`;
  const hint = places.length > 0 ? `It finds something at ${places.join(', ')}.` : 'Take the silence out.';
  return problem(uselessSilence, silence.at === undefined ? 'rule' : 'at', message, hint);
}

/** Parts what was found into what counts and what the environment accepts. `known` are the identifiers of all rules. */
export function applySilences(
  { platform }: Bundle,
  found: readonly Problem[],
  known: readonly string[],
  input: unknown,
): { readonly findings: readonly Problem[]; readonly silenced: readonly SilencedProblem[] } {
  const { silence } = platform.environment.checks;
  if (silence.length === 0) return { findings: found, silenced: [] };
  const findings: Problem[] = [];
  const silenced: SilencedProblem[] = [];
  for (const problem of found) {
    const accepted = silence.find((each) => concerns(each, problem));
    if (accepted) silenced.push({ ...problem, reason: accepted.reason });
    else findings.push(problem);
  }
  const own = silence.flatMap((each, index) => problemsOf(each, index, found, known));
  return { findings: [...findings, ...own.map((problem) => resolveProblem(problem, input))], silenced };
}
