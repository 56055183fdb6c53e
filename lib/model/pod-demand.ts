import type { Path } from '../core/path.ts';
import type { PlacementConstraint } from './pool.ts';
import type { Toleration } from './taint.ts';

/** What one pod asks of its node: a session of a profile, a driver or an executor of Spark. */
export interface PodDemand {
  readonly at: Path;
  /** Name of the pool. */
  readonly pool: string;
  /** Node selector: the pool, and the MIG device where the pool offers several. */
  readonly selectors: readonly PlacementConstraint[];
  readonly tolerations: readonly Toleration[];
  /** Name of its PriorityClass; empty: that of pods without one. */
  readonly priorityClass: string;
  /** CPU request in millicores. */
  readonly millicpu: number;
  readonly memoryBytes: number;
  /** The device the pod asks for, and how many. */
  readonly gpu?: { readonly resource: string; readonly count: number };
}
