import { METADATA_ADDRESS } from '../catalog/addresses.ts';
import type { Tenancy } from './tenancy.ts';

/** A block of addresses that pods of people may connect to, as core/v1 IPBlock, and on which TCP ports (none: all). */
export interface EgressBlock {
  readonly cidr: string;
  readonly except: readonly string[];
  readonly ports: readonly number[];
}

function addressNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function formatAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** An IPv4 block by its first address, as Kubernetes wants it written: `10.0.0.7/8` is `10.0.0.0/8`. */
export function canonicalCidr(cidr: string): string {
  const [address = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return `${formatAddress(Math.floor(addressNumber(address) / size) * size)}/${bits}`;
}

/** Whether an IPv4 block holds an address. */
export function holdsAddress(cidr: string, address: string): boolean {
  const bits = cidr.split('/')[1] ?? '32';
  return canonicalCidr(`${address}/${bits}`) === canonicalCidr(cidr);
}

/** What `tenancy.egress` opens, always without the metadata address: a block that is just this address opens nothing. */
export function egressBlocks({ egress }: Pick<Tenancy, 'egress'>): readonly EgressBlock[] {
  return egress.flatMap(({ cidr, ports }) => {
    const block = canonicalCidr(cidr);
    if (!holdsAddress(block, METADATA_ADDRESS)) return [{ cidr: block, except: [], ports }];
    return block.endsWith('/32') ? [] : [{ cidr: block, except: [`${METADATA_ADDRESS}/32`], ports }];
  });
}
