import { costAssumptions, type EnvironmentCost, LOADS } from '../../model/environment-cost.ts';
import type { CostChange } from '../cost.ts';

function usd(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `12.40`, or `12.40 → 24.80` where it changes. */
function moved(before: number | undefined, after: number | undefined, digits: number): string {
  if (before === undefined || after === undefined) {
    const known = before ?? after;
    return known === undefined ? 'unknown' : usd(known, digits);
  }
  return before === after ? usd(after, digits) : `${usd(before, digits)} → ${usd(after, digits)}`;
}

/** Rows of the cost table: load, USD per hour, USD per month. Nothing where no side has a price. */
export function costRows({ before, after }: CostChange): readonly (readonly [string, string, string])[] {
  const priced = (cost: EnvironmentCost | undefined): boolean => (cost?.hourly.full ?? 0) > 0;
  if (!priced(before) && !priced(after)) return [];
  return LOADS.map(([load, name]) => [
    name,
    moved(before?.hourly[load], after?.hourly[load], 2),
    moved(before?.monthly[load], after?.monthly[load], 0),
  ]);
}

/** One sentence where nothing about the cost changes. */
export function unchangedCost({ before, after }: CostChange): string | undefined {
  if (!before || !after || JSON.stringify(before.hourly) !== JSON.stringify(after.hourly)) return undefined;
  const [zero, typical, full] = LOADS.map(([load]) => usd(after.monthly[load], 0));
  return `Nodes cost what they cost before: ${zero} USD a month with nobody working, ${typical} typically, ${full} at full load (on-demand, us-east-1).`;
}

export const COST_HEADING = ['nodes', 'USD per hour', 'USD per month'] as const;

/** What the figures leave out. */
export function costNote({ after }: CostChange): string {
  return costAssumptions(after);
}
