import type { Platform } from '../../model/platform.ts';
import { formatTaint } from '../../model/taint.ts';
import { describeDemand, describeFirst, describeGpu, describePrice, describeSize, isSpot } from '../views/describe.ts';
import type { Placement } from '../views/placement.ts';
import { type PoolWithStarters, poolGroups } from '../views/pool-group.ts';
import { chartHead, mermaidLabel, shortened } from './text.ts';

const MOST_TYPES = 4;

function poolLabel({ pool }: PoolWithStarters): string {
  const gpu = pool.gpuModel === undefined ? [] : [describeGpu(pool)];
  const types = pool.nodes.slice(0, MOST_TYPES).map(({ type, usdPerHour }) => {
    const price = describePrice(usdPerHour);
    return price ? `${type}, ${price}` : type;
  });
  const rest = pool.nodes.length - types.length;
  return mermaidLabel(
    pool.name,
    [...gpu, ...(isSpot(pool) ? ['spot'] : []), describeSize(pool)].join(', '),
    ...types,
    ...(rest > 0 ? [`and ${rest} more types`] : []),
    ...pool.taints.map((taint) => shortened(formatTaint(taint))),
  );
}

function starterLabel(placement: Placement): string {
  const { starter } = placement;
  return mermaidLabel(starter.name, describeDemand(starter.demand), describeFirst(placement) ?? 'fits no node');
}

/** Profiles and pools as a flowchart: solid arrows where the pool takes a session, crossed ones where it does not. */
export function poolsChart(platform: Platform): string {
  const groups = poolGroups(platform);
  const pools = groups.flatMap((group) => group.pools);
  const poolId = new Map(pools.map(({ pool }, index) => [pool.name, `pool${index}`]));
  const placements = pools.flatMap((entry) => entry.placements);
  const lines = [...chartHead('flowchart LR', `Where sessions of ${platform.environment.name} run`)];
  for (const [index, placement] of placements.entries()) {
    const look = placement.refusal !== undefined ? 'bad' : placement.starter.demand.gpu ? 'gpu' : 'cpu';
    lines.push(`  starter${index}([${starterLabel(placement)}]):::${look}`);
  }
  for (const { kind, title, pools: members } of groups) {
    lines.push(`  subgraph ${kind}Pools[${mermaidLabel(title)}]`);
    for (const entry of members) {
      lines.push(`    ${poolId.get(entry.pool.name)}[${poolLabel(entry)}]:::${kind === 'general' ? 'cpu' : kind}`);
    }
    lines.push('  end');
  }
  for (const [index, { starter, reaches, refusal }] of placements.entries()) {
    for (const { pool } of reaches) lines.push(`  starter${index} --> ${poolId.get(pool.name)}`);
    if (refusal !== undefined) lines.push(`  starter${index} --x ${poolId.get(starter.demand.pool)}`);
  }
  return `${[...lines, ...CLASSES].join('\n')}\n`;
}

/** Borders only: the fill is that of the reader's theme. */
const CLASSES = [
  '  classDef cpu stroke:#0b6285,stroke-width:2px',
  '  classDef gpu stroke:#6236b5,stroke-width:2px',
  '  classDef system stroke:#525d6d,stroke-width:2px',
  '  classDef bad stroke:#a8200d,stroke-width:2px,stroke-dasharray:5 4',
];
