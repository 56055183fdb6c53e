import { judge } from '../../lib/admission/judge.ts';
import type { AdmissionPolicy } from '../../lib/admission/policy.ts';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { corpusRequest } from '../admission/corpus-request.ts';
import type { Verdict as RealVerdict } from '../policies/replay.ts';

/** How often the evaluator and the real thing were compared, and where they did not agree. */
export interface Agreement {
  readonly compared: number;
  /** Left to the API server: its verdict hangs on rights. */
  readonly undecided: number;
  readonly disagreements: readonly string[];
}

/** Name of the policy that refused and what it said, as the API server or Kyverno passes it on. */
const DENIAL =
  /ValidatingAdmissionPolicy '(?<own>[^']+)' with binding '[^']+' denied request: (?<said>.*)$|denied the request: Policy (?<kyverno>\S+) failed: (?<words>.*)$/s;

/** Compares verdicts of a real API server with those of the evaluator, policy by policy and word by word. */
export function compareVerdicts(
  real: readonly RealVerdict[],
  policies: readonly AdmissionPolicy[],
  setup: readonly Manifest[],
): Agreement {
  const disagreements: string[] = [];
  let undecided = 0;
  for (const { case: each, answer } of real) {
    const verdict = judge(policies, corpusRequest(each, setup, new Date().toISOString()));
    const differs = (what: string): void => void disagreements.push(`${each.title}: ${what}: ${answer.message}`);
    if (verdict.kind === 'undecided') {
      undecided += 1;
    } else if (answer.status < 300) {
      if (verdict.kind === 'refused') differs(`refused here by ${verdict.by.map(({ message }) => message).join('; ')}`);
    } else if (verdict.kind === 'allowed') {
      differs('allowed here');
    } else {
      const { own, said, kyverno, words } = DENIAL.exec(answer.message)?.groups ?? {};
      const message = (said ?? words ?? '').trim();
      const same = verdict.by.some(({ policy, message: ours }) => policy.name === (own ?? kyverno) && ours === message);
      if (!same) differs(`here ${verdict.by.map((by) => `${by.policy.name}: ${by.message}`).join('; ')}`);
    }
  }
  return { compared: real.length - undecided, undecided, disagreements };
}
