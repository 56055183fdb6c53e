import type { NodeState } from './node-state.ts';
import type { PodState } from './pod-state.ts';
import type { Reason } from './reason.ts';
import type { Snapshot } from './snapshot.ts';

/** Why a node is turned down. */
export interface Rejection {
  /** All that one filter finds; the scheduler asks no further filter. */
  readonly reasons: readonly Reason[];
  /** Whether the node might do once pods of it are gone (`Unschedulable`, not `UnschedulableAndUnresolvable`). */
  readonly resolvable: boolean;
}

/** Asks one node; `undefined` where it will do. */
export type NodeCheck = (node: NodeState) => Rejection | undefined;

/** What a filter says of a pod before it looks at any node. */
export type Preparation =
  /** It has nothing to say about this pod. */
  | { readonly kind: 'skip' }
  /** No node will do. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** `only`: names of the nodes that come into question at all. Default: every node. */
  | { readonly kind: 'check'; readonly check: NodeCheck; readonly only?: ReadonlySet<string> };

/** A filter plugin of the scheduler: looks at the pod once, then at every node. */
export type Filter = (pod: PodState, snapshot: Snapshot) => Preparation;

export const SKIP: Preparation = { kind: 'skip' };

/** A rejection that ending pods cannot mend. */
export const unresolvable = (...reasons: readonly Reason[]): Rejection => ({ reasons, resolvable: false });

/** A rejection that ending pods may mend. */
export const resolvable = (...reasons: readonly Reason[]): Rejection => ({ reasons, resolvable: true });
