function addressNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function formatAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** First address and number of addresses of a block. */
function extent(cidr: string): { readonly first: number; readonly size: number } {
  const [address = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return { first: Math.floor(addressNumber(address) / size) * size, size };
}

/** Length of a block's prefix: 16 of `10.0.0.0/16`. */
export function prefixLength(cidr: string): number {
  return Number(cidr.split('/')[1] ?? 32);
}

/** An IPv4 block by its first address, as Kubernetes and AWS want it written: `10.0.0.7/8` is `10.0.0.0/8`. */
export function canonicalCidr(cidr: string): string {
  return `${formatAddress(extent(cidr).first)}/${prefixLength(cidr)}`;
}

/** Whether an IPv4 block holds an address. */
export function holdsAddress(cidr: string, address: string): boolean {
  return overlaps(cidr, `${address}/32`);
}

/** Whether two IPv4 blocks have an address in common. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [extent(one), extent(other)];
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

/** The equal parts of a block, in order; `parts` is a power of two. */
export function splitBlock(cidr: string, parts: number): readonly string[] {
  const { first, size } = extent(cidr);
  const bits = prefixLength(cidr) + Math.log2(parts);
  return Array.from({ length: parts }, (_, part) => `${formatAddress(first + (part * size) / parts)}/${bits}`);
}
