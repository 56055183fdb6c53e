import { costAssumptions, environmentCost, LOADS } from '../../model/environment-cost.ts';
import type { Platform } from '../../model/platform.ts';
import { type Content, element } from '../drawing/xml.ts';
import { table } from './table.ts';

const usd = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** What nodes cost when nobody works, typically, and at full load. */
export function costSection({ pools }: Platform): Content {
  const cost = environmentCost(pools);
  if (cost.unpriced.length === pools.length) return element('p', {}, 'No node has a price: they are there anyway.');
  const columns = [
    { title: 'load', share: 40, cell: ([, name]: (typeof LOADS)[number]) => name },
    {
      title: 'USD per hour',
      share: 30,
      numeric: true,
      cell: ([load]: (typeof LOADS)[number]) => usd(cost.hourly[load], 2),
    },
    {
      title: 'USD per month',
      share: 30,
      numeric: true,
      cell: ([load]: (typeof LOADS)[number]) => usd(cost.monthly[load], 0),
    },
  ];
  return [table('All nodes together', columns, LOADS), element('p', { class: 'note' }, costAssumptions(cost))];
}
