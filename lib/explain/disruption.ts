import { runByKarpenter } from '../checks/reading/pool-sessions.ts';
import { formatGoDuration } from '../core/duration.ts';
import type { Platform } from '../model/platform.ts';
import type { Pool } from '../model/pool.ts';
import { warmCapacities } from '../model/warm-capacity.ts';
import { takesSpot } from './launch.ts';

/** What takes nodes of a pool away, and how that treats running sessions: a sentence for each. */
export interface Disruption {
  /** When the last session of a node has ended. */
  readonly idle: string;
  /** Sessions moved to save nodes. */
  readonly consolidation: string;
  /** Nodes replaced because their pool or image changed. */
  readonly drift: string;
  readonly expiry: string;
  readonly spot: string;
}

/** The fewest nodes, in words: none, a number, and what placeholders hold. */
function least(platform: Platform, pool: Pool): string {
  const held = warmCapacities(platform).some((warm) => warm.pool === pool);
  return `${pool.min === 0 ? 'none' : pool.min}${held ? ' but for warm capacity' : ''}`;
}

function idle(platform: Platform, pool: Pool): string {
  const after = formatGoDuration(pool.spec.disruption.idleAfter);
  if (!pool.elastic || platform.environment.autoscaler.kind === 'none') return 'nodes stay: nobody removes them';
  if (runByKarpenter(platform, pool)) {
    return `Karpenter removes a node ${after} after its last session, down to ${least(platform, pool)}`;
  }
  if (platform.environment.autoscaler.kind === 'karpenter') return 'nodes stay: the group has one size';
  return `cluster-autoscaler removes a node ${after} after its last session, down to ${least(platform, pool)}`;
}

function consolidation(platform: Platform, pool: Pool, isProtected: boolean): string {
  if (!pool.elastic) return 'no session is moved: there is no autoscaler';
  const moving = runByKarpenter(platform, pool)
    ? pool.spec.disruption.consolidate !== 'when-empty'
    : platform.environment.autoscaler.kind === 'cluster-autoscaler';
  if (!moving) return 'no running session is ever moved: only empty nodes go';
  return isProtected
    ? 'badly used nodes are emptied, but never under a protected session'
    : 'badly used nodes are emptied: the session is evicted and not started again (backoffLimit 0)';
}

function drift(platform: Platform, pool: Pool, isProtected: boolean): string {
  const { terminationGracePeriod } = pool.spec.disruption;
  if (!pool.elastic) return 'nodes are changed by hand';
  if (!runByKarpenter(platform, pool))
    return 'EKS rolls the node group when its version changes, and ends what runs there';
  const budgets = pool.spec.disruption.budgets
    .map(({ nodes, reasons, schedule, duration }) => {
      const what = reasons ? ` of ${reasons.join(', ').toLowerCase()} nodes` : '';
      const when =
        schedule === undefined
          ? ''
          : ` (cron ${schedule} UTC${duration === undefined ? '' : ` for ${formatGoDuration(duration)}`})`;
      return `${nodes}${what}${when}`;
    })
    .join('; ');
  const wait = !isProtected
    ? 'replaced nodes end the session'
    : terminationGracePeriod === undefined
      ? 'a changed node waits for its protected sessions'
      : `a changed node waits for its protected sessions, ${formatGoDuration(terminationGracePeriod)} at most`;
  return `${wait}; at once at most ${budgets}`;
}

function expiry(platform: Platform, pool: Pool, isProtected: boolean): string {
  const { expireAfter, terminationGracePeriod } = pool.spec.disruption;
  if (!runByKarpenter(platform, pool) || expireAfter === 'never') return 'nodes do not expire';
  const grace = !isProtected
    ? 'which ends its sessions'
    : terminationGracePeriod === undefined
      ? 'once its protected sessions have ended'
      : `which ends its protected sessions ${formatGoDuration(terminationGracePeriod)} later`;
  return `a node is replaced at the age of ${formatGoDuration(expireAfter)}, ${grace}`;
}

function spot(pool: Pool): string {
  return takesSpot(pool)
    ? 'spot: EC2 may take the node back with two minutes of notice, whatever protects the session'
    : 'on demand: EC2 does not take nodes back';
}

/** What may happen to nodes of the pool, and to sessions on them that are protected or not. */
export function disruptionOf(platform: Platform, pool: Pool, isProtected: boolean): Disruption {
  return {
    idle: idle(platform, pool),
    consolidation: consolidation(platform, pool, isProtected),
    drift: drift(platform, pool, isProtected),
    expiry: expiry(platform, pool, isProtected),
    spot: pool.spec.capacity.kind === 'static' ? 'no spot: the machines are ours' : spot(pool),
  };
}
