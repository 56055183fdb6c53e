import type { Path } from '../core/path.ts';

/** What one pod asks of its node: a session of a profile, a driver or an executor of Spark. */
export interface PodDemand {
  readonly at: Path;
  /** Name of the pool. */
  readonly pool: string;
  /** CPU request in millicores. */
  readonly millicpu: number;
  readonly memoryBytes: number;
  /** The device the pod asks for, and how many. */
  readonly gpu?: { readonly resource: string; readonly count: number };
}
