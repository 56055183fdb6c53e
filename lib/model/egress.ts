import { METADATA_ADDRESS } from '../catalog/addresses.ts';
import { canonicalCidr, holdsAddress } from '../core/ipv4.ts';
import type { Tenancy } from './tenancy.ts';

/** A block of addresses that pods of people may connect to, as core/v1 IPBlock, and on which TCP ports (none: all). */
export interface EgressBlock {
  readonly cidr: string;
  readonly except: readonly string[];
  readonly ports: readonly number[];
}

/** What `tenancy.egress` opens, always without the metadata address: a block that is just this address opens nothing. */
export function egressBlocks({ egress }: Pick<Tenancy, 'egress'>): readonly EgressBlock[] {
  return egress.flatMap(({ cidr, ports }) => {
    const block = canonicalCidr(cidr);
    if (!holdsAddress(block, METADATA_ADDRESS)) return [{ cidr: block, except: [], ports }];
    return block.endsWith('/32') ? [] : [{ cidr: block, except: [`${METADATA_ADDRESS}/32`], ports }];
  });
}
