import type { Pod } from '../../../lib/scheduling/pod.ts';
import { type PreemptionCandidate, planPreemption } from '../../../lib/scheduling/preemption.ts';
import type { Snapshot } from '../../../lib/scheduling/snapshot.ts';
import { decidePlacement, describeVerdict, type Verdict } from '../../../lib/scheduling/verdict.ts';
import type { Answer } from './ask-scheduler.ts';

/** What the model expects of the scheduler. */
export interface Expectation {
  readonly verdict: Verdict;
  readonly candidates: readonly PreemptionCandidate[];
}

export function expectationOf(pod: Pod, snapshot: Snapshot): Expectation {
  const verdict = decidePlacement(pod, snapshot);
  return { verdict, candidates: verdict.kind === 'infeasible' ? planPreemption(pod, snapshot, verdict) : [] };
}

const namesOf = ({ victims }: PreemptionCandidate): string =>
  victims
    .map(({ namespace, name }) => `${namespace}/${name}`)
    .sort()
    .join(' ');

/** In what the model and the scheduler differ; undefined where they agree in all of it. */
export function disagreement({ verdict, candidates }: Expectation, answer: Answer): string | undefined {
  if (verdict.kind === 'feasible') {
    if (answer.message !== undefined) return `the model has ${verdict.nodes}, the scheduler: ${answer.message}`;
    return verdict.nodes.includes(answer.node ?? '') ? undefined : `${answer.node} is none of ${verdict.nodes}`;
  }
  const expected = describeVerdict(verdict) ?? '';
  if (answer.message === undefined) return `the model: ${expected}; the scheduler took ${answer.node}`;
  // What follows tells how preemption went.
  if (answer.message !== expected && !answer.message.startsWith(`${expected} `)) {
    return `the model: ${expected}; the scheduler: ${answer.message}`;
  }
  if (candidates.length === 0) {
    return answer.nominated === undefined
      ? undefined
      : `nobody can be displaced, but ${answer.nominated} is to be freed`;
  }
  const chosen = candidates.find(({ node }) => node === answer.nominated);
  if (!chosen) return `room would be made on ${candidates.map(({ node }) => node)}, not ${answer.nominated}`;
  const ended = [...answer.victims].sort().join(' ');
  if (ended !== namesOf(chosen)) return `to be displaced on ${chosen.node}: ${namesOf(chosen)}; displaced: ${ended}`;
  const used = answer.node === undefined || answer.node === answer.nominated;
  return used ? undefined : `room was made on ${answer.nominated}, used ${answer.node}`;
}
