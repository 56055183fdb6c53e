import type { Good, Share, TenantRow } from './tenant-view.ts';

/** Whether tenants below are promised more together than the tenant has. */
export function isOver({ own, below }: Share): boolean {
  return own !== undefined && below !== undefined && below > own;
}

const inUnit = (amount: number, size: number): string =>
  (amount / size).toLocaleString('en-US', { maximumFractionDigits: amount < 100 * size ? 1 : 0 });

/** `400`, `1.5 TiB`. */
export function describeAmount(good: Good, amount: number): string {
  const { size, name } = good.unit(amount);
  return `${inUnit(amount, size)}${name}`;
}

/** `12 of 24`, `0.6 of 1 TiB`: both in the unit of the whole. */
function describePart(good: Good, part: number, whole: number): string {
  const { size, name } = good.unit(whole);
  return `${inUnit(part, size)} of ${inUnit(whole, size)}${name}`;
}

/**
 * What a tenant is promised, of what. Where it states no quota: GPUs only if somebody above is promised some, everything
 * else as far as the quotas above go.
 */
export function describeShare(good: Good, { own, of }: Share, { tenant, folded }: TenantRow): string {
  if (folded > 0) return own ? `${describeAmount(good, own)} together` : '';
  if (own === 0) return 'none';
  if (own !== undefined) return of === undefined ? describeAmount(good, own) : describePart(good, own, of);
  return good.device && tenant?.gpuAllowed !== true ? 'none' : 'no own limit';
}

/** `below: 24`, `below: 30 > 24`; empty where nobody below is promised any. */
export function describeBelow(good: Good, share: Share): string {
  const { own, below } = share;
  if (!below) return '';
  if (own === undefined || !isOver(share)) return `below: ${describeAmount(good, below)}`;
  const { size } = good.unit(below);
  return `below: ${inUnit(below, size)} > ${inUnit(own, size)}`;
}
