import type { Pool } from '../model/pool.ts';

/** EKS API `capacityType`; a managed node group has one, so spot only where the pool names nothing else. */
export function eksCapacityType({ spec: { capacity } }: Pool): 'ON_DEMAND' | 'SPOT' {
  return capacity.kind === 'ec2' && capacity.capacityTypes.every((type) => type === 'spot') ? 'SPOT' : 'ON_DEMAND';
}
