import type { BundleContents } from '../bundle/contents.ts';
import { type EnvironmentCost, environmentCost } from '../model/environment-cost.ts';

/** Cost of two versions, where both are known. */
export interface CostChange {
  readonly before?: EnvironmentCost;
  readonly after?: EnvironmentCost;
}

const costOf = ({ platform }: BundleContents): EnvironmentCost | undefined =>
  platform === undefined ? undefined : environmentCost(platform.pools);

/** The cost of both versions; a side is missing where the facts of its platform are not known. */
export function costChange(before: BundleContents, after: BundleContents): CostChange {
  const [old, now] = [costOf(before), costOf(after)];
  return { ...(old ? { before: old } : {}), ...(now ? { after: now } : {}) };
}
