import { count } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import { formatTaint } from '../../model/taint.ts';
import { describeDemand, describeFirst, describeGpu, describePrice, describeSize, isSpot } from '../views/describe.ts';
import { type FoldedGroup, foldPools } from '../views/folded-pools.ts';
import type { Placement } from '../views/placement.ts';
import { type PoolWithStarters, poolGroups } from '../views/pool-group.ts';
import { chartHead, mermaidLabel, shortened } from './text.ts';
import { withinLimits } from './within-limits.ts';

const MOST_TYPES = 4;
const MOST_TAINTS = 8;

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
    ...pool.taints.slice(0, MOST_TAINTS).map((taint) => shortened(formatTaint(taint))),
    ...(pool.taints.length > MOST_TAINTS ? [`and ${pool.taints.length - MOST_TAINTS} more taints`] : []),
  );
}

function starterLabel(placement: Placement): string {
  const { starter } = placement;
  return mermaidLabel(starter.name, describeDemand(starter.demand), describeFirst(placement) ?? 'fits no node');
}

/** Ids of what is shown, and for pools that are folded that of the line that says how many. */
function poolIds(groups: readonly FoldedGroup[]): ReadonlyMap<string, string> {
  const shown = groups.flatMap(({ pools }) => pools.map(({ entry }) => entry.pool.name));
  return new Map([
    ...shown.map((name, index) => [name, `pool${index}`] as const),
    ...groups.flatMap(({ kind, rest }) => rest.map(({ pool }) => [pool.name, `${kind}More`] as const)),
  ]);
}

function drawPools(name: string, groups: readonly FoldedGroup[]): string {
  const poolId = poolIds(groups);
  const pools = groups.flatMap((group) => group.pools);
  const placements = pools.flatMap((pool) => pool.placements);
  const lines = [...chartHead('flowchart LR', `Where sessions of ${name} run`)];
  for (const [index, placement] of placements.entries()) {
    const look = placement.refusal !== undefined ? 'bad' : placement.starter.demand.gpu ? 'gpu' : 'cpu';
    lines.push(`  starter${index}([${starterLabel(placement)}]):::${look}`);
  }
  for (const { kind, title, pools: members, rest } of groups) {
    const look = kind === 'general' ? 'cpu' : kind;
    lines.push(`  subgraph ${kind}Pools[${mermaidLabel(title)}]`);
    for (const { entry } of members) lines.push(`    ${poolId.get(entry.pool.name)}[${poolLabel(entry)}]:::${look}`);
    if (rest.length > 0)
      lines.push(`    ${kind}More[${mermaidLabel(`and ${count(rest.length, 'more pool')}`)}]:::${look}`);
    lines.push('  end');
  }
  for (const [index, { starter, reaches, refusal }] of placements.entries()) {
    const reached = new Set(reaches.map(({ pool }) => poolId.get(pool.name)));
    for (const id of reached) lines.push(`  starter${index} --> ${id}`);
    if (refusal !== undefined) lines.push(`  starter${index} --x ${poolId.get(starter.demand.pool)}`);
  }
  for (const { entry, rest } of pools) {
    if (rest === 0) continue;
    const id = poolId.get(entry.pool.name);
    lines.push(`  ${id}More([${mermaidLabel(`and ${count(rest, 'more profile')}`)}]) --- ${id}`);
  }
  return `${[...lines, ...CLASSES].join('\n')}\n`;
}

/** Pools of a group; fewer where Mermaid would not draw as many. */
const MOST_POOLS = 100;

/** Profiles and pools as a flowchart: solid arrows where the pool takes a session, crossed ones where it does not. */
export function poolsChart(platform: Platform): string {
  const groups = poolGroups(platform);
  return withinLimits((most) => drawPools(platform.environment.name, foldPools(groups, most)), MOST_POOLS);
}

/** Borders only: the fill is that of the reader's theme. */
const CLASSES = [
  '  classDef cpu stroke:#0b6285,stroke-width:2px',
  '  classDef gpu stroke:#6236b5,stroke-width:2px',
  '  classDef system stroke:#525d6d,stroke-width:2px',
  '  classDef bad stroke:#a8200d,stroke-width:2px,stroke-dasharray:5 4',
];
