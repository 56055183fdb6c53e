import type { Filter, NodeCheck, Rejection } from './filter.ts';
import { interPodAffinity } from './inter-pod-affinity.ts';
import { nodeAffinity } from './node-affinity.ts';
import { nodeName } from './node-name.ts';
import { nodePorts } from './node-ports.ts';
import { nodeResourcesFit } from './node-resources-fit.ts';
import type { NodeState } from './node-state.ts';
import { nodeUnschedulable } from './node-unschedulable.ts';
import type { Pod } from './pod.ts';
import { type PodState, readPod } from './pod-state.ts';
import { podTopologySpread } from './pod-topology-spread.ts';
import { describeReason, type Reason } from './reason.ts';
import type { Snapshot } from './snapshot.ts';
import { taintToleration } from './taint-toleration.ts';
import { volumeBinding } from './volume-binding.ts';
import { volumeRestrictions } from './volume-restrictions.ts';
import { volumeZone } from './volume-zone.ts';

/**
 * The filters of kube-scheduler 1.36 in its order (pkg/scheduler/apis/config/v1/default_plugins.go). Left out are those
 * that ask what runs on the nodes: limits of volumes per node (CSINode), claims of devices (DynamicResources), declared
 * features of kubelets (NodeDeclaredFeatures).
 */
const FILTERS: readonly Filter[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
  volumeRestrictions,
  volumeBinding,
  volumeZone,
  podTopologySpread,
  interPodAffinity,
];

export interface NodeRejection extends Rejection {
  readonly node: string;
}

/** Where a pod may run, or why it may not. */
export type Verdict =
  /** `nodes`: all that will do; the scheduler takes the one it likes best. */
  | { readonly kind: 'feasible'; readonly nodes: readonly string[]; readonly rejected: readonly NodeRejection[] }
  /** Every node has its reason. */
  | { readonly kind: 'infeasible'; readonly rejected: readonly NodeRejection[] }
  /** The reason lies in the pod, so that no node was looked at. */
  | { readonly kind: 'refused'; readonly reason: Reason; readonly nodeCount: number };

const NOT_NAMED: Rejection = { reasons: [{ code: 'node-not-named' }], resolvable: false };

/** The filters made ready for a pod: a check of one node by all of them, or why no node will do. */
function prepare(pod: PodState, snapshot: Snapshot): NodeCheck | Reason {
  const checks: NodeCheck[] = [];
  for (const filter of FILTERS) {
    const preparation = filter(pod, snapshot);
    if (preparation.kind === 'refused') return preparation.reason;
    if (preparation.kind === 'skip') continue;
    const { check, only } = preparation;
    checks.push(check);
    if (only) checks.unshift(({ name }) => (only.has(name) ? undefined : NOT_NAMED));
  }
  return (node) => {
    for (const check of checks) {
      const rejection = check(node);
      if (rejection) return rejection;
    }
    return undefined;
  };
}

/** Whether one node of the snapshot will do. */
export function fits(pod: PodState, node: NodeState, snapshot: Snapshot): boolean {
  const check = prepare(pod, snapshot);
  return typeof check === 'function' && check(node) === undefined;
}

/** Asks every node, as one cycle of the scheduler does: each is turned down by the first filter it does not pass. */
export function decidePlacement(pod: Pod, snapshot: Snapshot): Verdict {
  if (snapshot.nodes.length === 0) return { kind: 'infeasible', rejected: [] };
  const check = prepare(readPod(pod, snapshot.priorityClasses), snapshot);
  if (typeof check !== 'function') return { kind: 'refused', reason: check, nodeCount: snapshot.nodes.length };
  const nodes: string[] = [];
  const rejected: NodeRejection[] = [];
  for (const node of snapshot.nodes) {
    const rejection = check(node);
    if (rejection) rejected.push({ node: node.name, ...rejection });
    else nodes.push(node.name);
  }
  return nodes.length === 0 ? { kind: 'infeasible', rejected } : { kind: 'feasible', nodes, rejected };
}

/** Nodes by reason, in the scheduler's words: `node(s) had untolerated taint(s)` -> 3. */
function countReasons(rejected: readonly NodeRejection[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of rejected.flatMap(({ reasons }) => reasons.map(describeReason))) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** What the scheduler writes on a pod that it cannot place; `undefined` where it can. */
export function describeVerdict(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case 'feasible':
      return undefined;
    case 'refused':
      return `0/${verdict.nodeCount} nodes are available: ${describeReason(verdict.reason)}.`;
    case 'infeasible': {
      if (verdict.rejected.length === 0) return 'no nodes available to schedule pods';
      const counts = [...countReasons(verdict.rejected)].map(([text, count]) => `${count} ${text}`).sort();
      return `0/${verdict.rejected.length} nodes are available: ${counts.join(', ')}.`;
    }
  }
}
