import { readAsset } from '../core/asset.ts';
import { findInstanceType } from './instance-types.ts';

interface OfferingFile {
  /** Month of the price list, `2026-10`. */
  readonly asOf: string;
  readonly regions: readonly string[];
  /** Families, and types that are sold elsewhere than their family, to the regions that sell them. */
  readonly soldIn: Readonly<Record<string, readonly string[] | undefined>>;
}

let cached: OfferingFile | undefined;

/** Source and date stand at the head of the data file, which `npm run e2e` holds against the source. */
function offerings(): OfferingFile {
  cached ??= JSON.parse(readAsset('lib/catalog/data/instance-offerings.json')) as OfferingFile;
  return cached;
}

/** Month in which the offerings were looked up, `2026-10`. */
export const offeringsAsOf = (): string => offerings().asOf;

/**
 * Whether EC2 has a price for a type of the catalogue in a region, and so sells it there in some zone; `undefined` where
 * the region or the type is not known.
 */
export function isSoldIn(type: string, region: string): boolean | undefined {
  const { regions, soldIn } = offerings();
  if (!regions.includes(region) || findInstanceType(type) === undefined) return undefined;
  const [family = ''] = type.split('.');
  return (soldIn[type] ?? soldIn[family] ?? []).includes(region);
}
