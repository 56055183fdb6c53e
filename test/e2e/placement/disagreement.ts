import { withPods } from '../../../lib/scheduling/node-state.ts';
import type { Pod } from '../../../lib/scheduling/pod.ts';
import { type PreemptionCandidate, planPreemption } from '../../../lib/scheduling/preemption.ts';
import type { Snapshot } from '../../../lib/scheduling/snapshot.ts';
import { decidePlacement, describeVerdict, type Verdict } from '../../../lib/scheduling/verdict.ts';
import type { Answer } from './ask-scheduler.ts';

/** Where room would be made, and whether the pod fits there then. */
interface Room extends PreemptionCandidate {
  readonly helps: () => boolean;
}

/** What the model expects of the scheduler. */
export interface Expectation {
  readonly verdict: Verdict;
  readonly candidates: readonly Room[];
}

/** Whether a pod fits where room was made for it, once that is so. */
function fitsAfter(pod: Pod, { node, victims }: PreemptionCandidate, snapshot: Snapshot): boolean {
  const nodes = snapshot.nodes.map((each) =>
    each.name === node
      ? withPods(
          each,
          each.pods.filter((other) => !victims.includes(other)),
        )
      : each,
  );
  const verdict = decidePlacement(pod, { ...snapshot, nodes });
  return verdict.kind === 'feasible' && verdict.nodes.includes(node);
}

export function expectationOf(pod: Pod, snapshot: Snapshot): Expectation {
  const verdict = decidePlacement(pod, snapshot);
  const candidates = verdict.kind === 'infeasible' ? planPreemption(pod, snapshot, verdict) : [];
  return { verdict, candidates: candidates.map((each) => ({ ...each, helps: () => fitsAfter(pod, each, snapshot) })) };
}

const namesOf = ({ victims }: PreemptionCandidate): readonly string[] =>
  victims.map(({ namespace, name }) => `${namespace}/${name}`).sort();

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
  const expectedVictims = namesOf(chosen);
  const helps = chosen.helps();
  // Where the room does not help, the scheduler tries again, and ends others too.
  const ended = [...answer.victims].sort().filter((name) => helps || expectedVictims.includes(name));
  if (ended.join(' ') !== expectedVictims.join(' ')) {
    return `to be displaced on ${chosen.node}: ${expectedVictims.join(' ')}; displaced: ${answer.victims.join(' ')}`;
  }
  if (!helps) return undefined;
  const used = answer.node === undefined || answer.node === answer.nominated;
  return used ? undefined : `room was made on ${answer.nominated}, used ${answer.node}`;
}
