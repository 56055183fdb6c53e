import { splitByBudgets } from './disruption-budget.ts';
import { type NodeState, withPods } from './node-state.ts';
import type { Pod } from './pod.ts';
import { type PodState, readPod } from './pod-state.ts';
import { mayDisplace } from './priority.ts';
import type { Snapshot } from './snapshot.ts';
import { decidePlacement, fits, type Verdict } from './verdict.ts';

/** A node that would have room for a pod once these have ended. */
export interface PreemptionCandidate {
  readonly node: string;
  /** The most important first. */
  readonly victims: readonly PodState[];
  /** Victims that a disruption budget would have spared, had there been a choice. */
  readonly violations: number;
}

/** Milliseconds since 1970; a pod that has not started counts as the newest. */
const startOf = ({ pod }: PodState): number => Date.parse(pod.status?.startTime ?? '') || Number.POSITIVE_INFINITY;

/** Higher priority first, then whoever runs longer (pkg/scheduler/util MoreImportantPod). */
function byImportance(a: PodState, b: PodState): number {
  if (a.priority.value !== b.priority.value) return b.priority.value - a.priority.value;
  const [startA, startB] = [startOf(a), startOf(b)];
  return startA === startB ? 0 : startA - startB;
}

function replaceNode(snapshot: Snapshot, node: NodeState): Snapshot {
  return { ...snapshot, nodes: snapshot.nodes.map((each) => (each.name === node.name ? node : each)) };
}

/** Ends all that may be ended, then spares one after the other whoever leaves room for the pod (SelectVictimsOnNode). */
function candidateOn(node: NodeState, pod: PodState, snapshot: Snapshot): PreemptionCandidate | undefined {
  const displaceable = node.pods.filter(({ priority }) => mayDisplace(pod.priority, priority)).sort(byImportance);
  if (displaceable.length === 0) return undefined;
  const fitsBeside = (pods: readonly PodState[]): boolean => {
    const emptied = withPods(node, pods);
    const takenOff = node.pods.filter((each) => !pods.includes(each));
    return fits(pod, emptied, { ...replaceNode(snapshot, emptied), takenOff });
  };
  let kept = node.pods.filter((each) => !displaceable.includes(each));
  if (!fitsBeside(kept)) return undefined;
  const { violating, others } = splitByBudgets(displaceable, snapshot.disruptionBudgets);
  const spare = (pods: readonly PodState[]): readonly PodState[] =>
    pods.filter((each) => {
      const spared = fitsBeside([...kept, each]);
      if (spared) kept = [...kept, each];
      return !spared;
    });
  const violated = spare(violating);
  const victims = [...violated, ...spare(others)].sort(byImportance);
  return { node: node.name, victims, violations: violated.length };
}

const PRIORITY_OFFSET = 2 ** 31;

/** Why one candidate is better than another, the first difference decides (pickOneNodeForPreemption). Less is better. */
const COSTS: readonly ((candidate: PreemptionCandidate) => number)[] = [
  ({ violations }) => violations,
  ({ victims }) => victims[0]?.priority.value ?? 0,
  // Priorities may be negative; shifted, more victims always cost more.
  ({ victims }) => victims.reduce((sum, { priority }) => sum + priority.value + PRIORITY_OFFSET, 0),
  ({ victims }) => victims.length,
  ({ victims }) => {
    const highest = victims.filter(({ priority }) => priority.value === victims[0]?.priority.value);
    return -Math.min(...highest.map(startOf));
  },
];

/**
 * Where a pod that fits nowhere would make room for itself: the best candidates, several only where nothing tells them
 * apart; none where it may displace nobody or that would not help (DefaultPreemption; of more than a hundred nodes the
 * scheduler looks at a random part, this at all).
 */
export function planPreemption(
  pod: Pod,
  snapshot: Snapshot,
  verdict: Verdict = decidePlacement(pod, snapshot),
): readonly PreemptionCandidate[] {
  const preemptor = readPod(pod, snapshot.priorityClasses);
  if (verdict.kind !== 'infeasible' || !preemptor.priority.preempts) return [];
  const resolvable = new Set(verdict.rejected.filter((each) => each.resolvable).map(({ node }) => node));
  let best = snapshot.nodes
    .filter(({ name }) => resolvable.has(name))
    .flatMap((node) => candidateOn(node, preemptor, snapshot) ?? []);
  for (const cost of COSTS) {
    const least = Math.min(...best.map(cost));
    best = best.filter((candidate) => cost(candidate) === least);
  }
  return best;
}
