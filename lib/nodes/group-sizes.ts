/** How many nodes one managed node group may have. */
export interface GroupSize {
  readonly zones: readonly string[];
  readonly min: number;
  readonly max: number;
}

/** `total` dealt out over `places`, the first ones getting what is left over. */
function deal(total: number, places: number): readonly number[] {
  return Array.from({ length: places }, (_, place) => Math.floor(total / places) + (place < total % places ? 1 : 0));
}

/**
 * One group per zone. The sizes add up to the pool's exactly, so that what is promised in GPUs holds; zones for which
 * no node is left have no group, since EKS wants a maximum of 1 at least. A pool that has to grow in one zone alone
 * names that zone.
 */
export function sizesByZone(zones: readonly string[], min: number, max: number): readonly GroupSize[] {
  const least = deal(min, zones.length);
  const most = deal(max, zones.length);
  return zones.flatMap((zone, place) => {
    const size = { zones: [zone], min: least[place] ?? 0, max: most[place] ?? 0 };
    return size.max === 0 ? [] : [size];
  });
}
