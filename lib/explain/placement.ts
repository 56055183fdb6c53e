import { list } from '../core/words.ts';
import type { Pool } from '../model/pool.ts';
import { formatTaint } from '../model/taint.ts';
import { emptyNodes } from '../scheduling/empty-nodes.ts';
import type { Pod } from '../scheduling/pod.ts';
import { describeReason, type Reason } from '../scheduling/reason.ts';
import { describeShortage } from '../scheduling/shortage.ts';
import { takeSnapshot } from '../scheduling/snapshot.ts';
import { decidePlacement } from '../scheduling/verdict.ts';

/** Why one kind of node is turned down. */
export interface NodeRefusal {
  readonly node: string;
  /** With what is asked and what there is. */
  readonly reason: string;
  /** In the scheduler's own words, as they would stand on the pod. */
  readonly scheduler: string;
}

/** Whether an empty node of a pool takes a pod: which kinds do, and why the others do not. */
export interface PoolAnswer {
  readonly pool: Pool;
  readonly takes: readonly string[];
  readonly refusals: readonly NodeRefusal[];
}

function describe(pod: Pod, reason: Reason): string {
  switch (reason.code) {
    case 'untolerated-taint':
      return `taint ${formatTaint({ ...reason.taint, value: reason.taint.value ?? '' })} is not tolerated`;
    case 'node-affinity': {
      const wanted = Object.entries(pod.spec.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`);
      return wanted.length === 0 ? describeReason(reason) : `nodes lack ${wanted.join(' or ')}`;
    }
    default:
      return describeShortage(reason);
  }
}

/** Asks the scheduler's filters about an empty node of every kind that the pool can have, DaemonSets counted. */
export function askPool(pod: Pod, pool: Pool): PoolAnswer {
  const verdict = decidePlacement(pod, takeSnapshot(emptyNodes(pool)));
  if (verdict.kind === 'refused') {
    const reason = describe(pod, verdict.reason);
    const scheduler = describeReason(verdict.reason);
    return { pool, takes: [], refusals: pool.nodes.map(({ type }) => ({ node: type, reason, scheduler })) };
  }
  return {
    pool,
    takes: verdict.kind === 'feasible' ? verdict.nodes : [],
    refusals: verdict.rejected.map(({ node, reasons }) => ({
      node,
      reason: reasons.map((reason) => describe(pod, reason)).join(', '),
      scheduler: reasons.map(describeReason).join(', '),
    })),
  };
}

/** The reason, once where all kinds of node of a pool say the same, else that of each kind. */
export function describeRefusals({ takes, refusals }: Pick<PoolAnswer, 'takes' | 'refusals'>): string {
  const reasons = [...new Set(refusals.map(({ reason }) => reason))];
  const [only] = reasons;
  if (only !== undefined && reasons.length === 1 && takes.length === 0) return only;
  return refusals.map(({ node, reason }) => `${node}: ${reason}`).join('; ');
}

/** Kinds of node by which people know them; of machines that exist their names. */
export function describeTakers({ pool: { spec }, takes }: PoolAnswer): string {
  return spec.capacity.kind === 'static' ? list(spec.capacity.nodes, 5) : takes.join(', ');
}
