import type { Amounts } from './amounts.ts';
import type { Filter } from './filter.ts';
import type { NodeState } from './node-state.ts';
import type { Reason } from './reason.ts';

/** Of names without a domain the scheduler counts these and huge pages (pkg/scheduler/util IsScalarResourceName). */
const NATIVE: readonly string[] = ['cpu', 'memory', 'ephemeral-storage'];
const isCounted = (name: string): boolean =>
  NATIVE.includes(name) ||
  name.startsWith('hugepages-') ||
  name.startsWith('attachable-volumes-') ||
  (name.includes('/') && !name.startsWith('requests.'));

type Wanted = readonly (readonly [resource: string, amount: number])[];

const wantedOf = (requests: Amounts): Wanted =>
  Object.entries(requests).filter(([resource, amount]) => amount > 0 && isCounted(resource));

function shortages(wanted: Wanted, { allocatable, requested, pods }: NodeState): readonly Reason[] {
  const reasons: Reason[] = [];
  const slots = allocatable.pods ?? 0;
  if (pods.length + 1 > slots) reasons.push({ code: 'too-many-pods', used: pods.length, capacity: slots });
  for (const [resource, amount] of wanted) {
    const capacity = allocatable[resource] ?? 0;
    const used = requested[resource] ?? 0;
    if (amount > capacity - used) {
      reasons.push({ code: 'insufficient-resource', resource, requested: amount, used, capacity });
    }
  }
  return reasons;
}

/** Whether an empty node of the kind would be too small as well. */
const isTooSmall = (reason: Reason): boolean =>
  reason.code === 'insufficient-resource' && reason.requested > reason.capacity;

/**
 * What a pod asks for is there besides what the node's pods have asked for (NodeResourcesFit). All shortages are named
 * at once; where one is larger than the whole node, ending pods would not help.
 */
export const nodeResourcesFit: Filter = ({ requests }) => {
  const wanted = wantedOf(requests);
  return {
    kind: 'check',
    check: (node) => {
      const reasons = shortages(wanted, node);
      return reasons.length === 0 ? undefined : { reasons, resolvable: !reasons.some(isTooSmall) };
    },
  };
};
