import type { ConsequenceRule } from '../consequence.ts';
import { costChange } from '../cost.ts';

/** From here on somebody who pays should know: a rise by a tenth. */
const NOTEWORTHY = 1.1;

const usd = (value: number): string => `$${value.toLocaleString('en-US', { maximumFractionDigits: 0 })}`;

const LOADS = [
  ['zero', 'with nobody working'],
  ['typical', 'at typical load'],
  ['full', 'at full load'],
] as const;

export const costChangeRule: ConsequenceRule = {
  id: 'cost-change',
  title: 'Nodes cost more or less',
  upstream: 'EC2 on-demand prices of us-east-1 in lib/catalog/data/instance-types.json',
  foresee: ({ before, after }) => {
    const cost = costChange(before, after);
    if (!cost.before || !cost.after || before.platform?.pools.length === 0) return [];
    const { monthly: old } = cost.before;
    const { monthly: now } = cost.after;
    const moved = LOADS.filter(([load]) => old[load] !== now[load]);
    if (moved.length === 0) return [];
    const rises = LOADS.some(([load]) => now[load] > old[load] * NOTEWORTHY);
    const parts = moved.map(([load, when]) => `${usd(now[load])} instead of ${usd(old[load])} ${when}`);
    return [
      {
        risk: rises ? ('care' as const) : ('safe' as const),
        about: 'nodes',
        message: `cost per month ${parts.join(', ')}.`,
        causes: [],
      },
    ];
  },
};
