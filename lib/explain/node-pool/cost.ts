import { count } from '../../core/words.ts';
import type { Pool } from '../../model/pool.ts';
import type { Step } from '../explanation.ts';
import { takesSpot } from '../launch.ts';
import { placeAt, type Scene } from '../scene.ts';
import { detail, dollars } from '../words.ts';

/** USD per hour with the fewest nodes of the cheapest kind, and with the most of the dearest. */
export function explainCost(scene: Scene, pool: Pool): Step {
  const prices = pool.nodes.flatMap(({ usdPerHour }) => (usdPerHour === undefined ? [] : [usdPerHour]));
  const known = prices.length === pool.nodes.length && prices.length > 0;
  const empty = known ? pool.min * Math.min(...prices) : undefined;
  const full = known ? pool.max * Math.max(...prices) : undefined;
  const common = {
    id: 'cost',
    verdict: 'fine',
    places: [placeAt(scene, [...pool.at, 'capacity'])],
    files: [],
  } as const;
  if (empty === undefined || full === undefined) {
    const what = pool.spec.capacity.kind === 'static' ? 'the machines are ours' : 'not every kind of node has a price';
    return { ...common, summary: `unknown: ${what}`, lines: [], facts: {} };
  }
  const spot = takesSpot(pool) ? '; spot costs less' : '';
  return {
    ...common,
    summary: `${dollars(empty)} USD an hour when nobody works, ${dollars(full)} at most (${count(pool.max, 'node')} of the dearest kind)${spot}`,
    lines: [detail('on demand, us-east-1; nodes only')],
    facts: { usdPerHour: { empty, full } },
  };
}
