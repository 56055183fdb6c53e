import type { Labels } from '../core/label-selector.ts';
import { type Amounts, addAmounts, amountsOf } from './amounts.ts';
import type { Node, NodeTaint } from './node.ts';
import type { PodState } from './pod-state.ts';

/** A node with what its pods have taken of it. */
export interface NodeState {
  readonly node: Node;
  readonly name: string;
  readonly labels: Labels;
  readonly taints: readonly NodeTaint[];
  readonly allocatable: Amounts;
  readonly pods: readonly PodState[];
  /** Those of the pods that keep others away. */
  readonly repelling: readonly PodState[];
  readonly requested: Amounts;
}

/** The node with these pods on it and no others. */
export function withPods(node: NodeState, pods: readonly PodState[]): NodeState {
  const requested = addAmounts(...pods.map(({ requests }) => requests));
  return { ...node, pods, repelling: pods.filter(({ antiAffinity }) => antiAffinity.length > 0), requested };
}

/** Reads a node and puts pods on it. */
export function readNode(node: Node, pods: readonly PodState[]): NodeState {
  const { metadata, spec = {}, status = {} } = node;
  const empty: NodeState = {
    node,
    name: metadata.name,
    labels: metadata.labels ?? {},
    taints: spec.taints ?? [],
    allocatable: amountsOf(status.allocatable),
    pods: [],
    repelling: [],
    requested: {},
  };
  return withPods(empty, pods);
}
