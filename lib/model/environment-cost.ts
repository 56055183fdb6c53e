import { list } from '../core/words.ts';
import type { Pool } from './pool.ts';

/** Hours of a month, as AWS counts them. */
const HOURS_PER_MONTH = 730;
/** Of these, hours in which people work: 22 days of 10 hours. */
const OFFICE_HOURS_PER_MONTH = 220;
/** Share of the nodes a pool may add that is there in office hours, by assumption. */
const TYPICAL_SHARE = 1 / 3;

/** The loads that cost is told for, least first. */
export const LOADS = [
  ['zero', 'nobody works'],
  ['typical', 'typical'],
  ['full', 'full load'],
] as const;

/** USD per hour of all nodes of an environment. */
export interface HourlyCost {
  /** No session anywhere: the fewest nodes of every pool, of its cheapest type. */
  readonly zero: number;
  /** In office hours: a third of the nodes that each pool may add, rounded up, of its cheapest type. An assumption. */
  readonly typical: number;
  /** The most nodes of every pool, of its dearest type: an upper bound. */
  readonly full: number;
}

export interface EnvironmentCost {
  readonly hourly: HourlyCost;
  readonly monthly: HourlyCost;
  /** Pools whose nodes have no price in the catalogue, such as those on premises. */
  readonly unpriced: readonly string[];
  /** Pools that may use spot capacity; they are counted at the on-demand price, which is more than they cost. */
  readonly spot: readonly string[];
}

const dollars = (value: number): number => Math.round(value * 10_000) / 10_000;

function poolCost(pool: Pool): HourlyCost | undefined {
  const prices = pool.nodes.flatMap(({ usdPerHour }) => (usdPerHour === undefined ? [] : [usdPerHour]));
  if (prices.length < pool.nodes.length || prices.length === 0) return undefined;
  const cheapest = Math.min(...prices);
  const typicalNodes = pool.min + Math.ceil((pool.max - pool.min) * TYPICAL_SHARE);
  return { zero: pool.min * cheapest, typical: typicalNodes * cheapest, full: pool.max * Math.max(...prices) };
}

/** On-demand prices of us-east-1, nodes only: no volumes, load balancers, traffic, or control plane. */
export function environmentCost(pools: readonly Pool[]): EnvironmentCost {
  const costs = pools.map((pool) => ({ pool, cost: poolCost(pool) }));
  const sum = (key: keyof HourlyCost): number =>
    dollars(costs.reduce((total, { cost }) => total + (cost?.[key] ?? 0), 0));
  const hourly = { zero: sum('zero'), typical: sum('typical'), full: sum('full') };
  const quiet = HOURS_PER_MONTH - OFFICE_HOURS_PER_MONTH;
  return {
    hourly,
    monthly: {
      zero: dollars(hourly.zero * HOURS_PER_MONTH),
      typical: dollars(hourly.typical * OFFICE_HOURS_PER_MONTH + hourly.zero * quiet),
      full: dollars(hourly.full * HOURS_PER_MONTH),
    },
    unpriced: costs.filter(({ cost }) => cost === undefined).map(({ pool }) => pool.name),
    spot: pools
      .filter(({ spec }) => spec.capacity.kind === 'ec2' && spec.capacity.capacityTypes.includes('spot'))
      .map(({ name }) => name),
  };
}

/** What the figures assume and leave out. */
export function costAssumptions(cost: EnvironmentCost | undefined): string {
  const spot = cost?.spot.length ? ` Spot (${list(cost.spot)}) counts at the on-demand price.` : '';
  const unpriced = cost?.unpriced.length ? ` Without a price: ${list(cost.unpriced)}.` : '';
  return `On-demand prices of us-east-1, nodes only. Typical is an assumption: in ${OFFICE_HOURS_PER_MONTH} office hours a month a third of the nodes each pool may add.${spot}${unpriced}`;
}
