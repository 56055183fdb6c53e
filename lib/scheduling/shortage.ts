import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import { describeReason, type Reason } from './reason.ts';

function describeAmount(resource: string, amount: number): string {
  if (resource === 'cpu') return formatMillicpu(amount);
  return resource === 'memory' || resource === 'ephemeral-storage' ? describeBytes(amount) : String(amount);
}

/** What is asked for and what is left where there is too little, else the scheduler's own words. */
export function describeShortage(reason: Reason): string {
  switch (reason.code) {
    case 'insufficient-resource': {
      const { resource, requested, capacity, used } = reason;
      const left = Math.max(0, capacity - used);
      return `asks for ${resource} ${describeAmount(resource, requested)} of ${describeAmount(resource, left)}`;
    }
    case 'too-many-pods':
      return `pods: all ${reason.capacity} are DaemonSets`;
    default:
      return describeReason(reason);
  }
}
