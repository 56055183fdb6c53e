import { count } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import type { Drawing, Line, Shape } from '../drawing/drawing.ts';
import type { LineLook } from '../drawing/looks.ts';
import { paragraph, type Row, space, stack } from '../drawing/rows.ts';
import { foldPool } from '../views/folded-pools.ts';
import type { Placement } from '../views/placement.ts';
import { type PoolGroup, type PoolWithStarters, poolGroups } from '../views/pool-group.ts';
import { page } from './page.ts';
import type { PageWidth } from './page-width.ts';
import { poolCard } from './pool-card.ts';
import { starterCard } from './starter-card.ts';

const STARTERS_WIDTH = 350;
const GUTTER = 104;
const GAP = 14;
/** From the top of a card to where lines leave and arrive: the middle of its name. */
const PORT = 22;
const INDENT = 28;

const lineLook = ({ starter, refusal }: Placement): LineLook =>
  refusal !== undefined ? 'bad' : starter.demand.gpu ? 'gpu' : 'cpu';

const restText = (rest: number): readonly Row[] => (rest > 0 ? [paragraph(`and ${rest} more profiles`, 'note')] : []);

/** A cross on a line that leads nowhere. */
function cross(x: number, y: number): readonly Line[] {
  const arm = 5;
  return [
    {
      kind: 'line',
      look: 'cross',
      points: [
        [x - arm, y - arm],
        [x + arm, y + arm],
      ],
    },
    {
      kind: 'line',
      look: 'cross',
      points: [
        [x - arm, y + arm],
        [x + arm, y - arm],
      ],
    },
  ];
}

/** Starters at the left, their pool at the right, and lines between them where the pool takes them. */
function wideBand(entry: PoolWithStarters): Row {
  return (width) => {
    const { placements: shown, rest } = foldPool(entry);
    const poolX = STARTERS_WIDTH + GUTTER;
    const pool = poolCard(entry, 'wide')(width - poolX);
    const cards = shown.map((placement) => ({ placement, card: starterCard(placement)(STARTERS_WIDTH) }));
    const more = stack(restText(rest))(STARTERS_WIDTH);
    const left = cards.reduce((sum, { card }) => sum + card.height + GAP, 0) + more.height;
    return {
      height: Math.max(pool.height, left - (rest > 0 ? 0 : GAP)),
      draw: (x, y) => {
        const shapes: Shape[] = [];
        const lines: Shape[] = [];
        const middle = x + STARTERS_WIDTH + GUTTER / 2;
        let top = y;
        for (const { placement, card } of cards) {
          shapes.push(...card.draw(x, top));
          const look = lineLook(placement);
          const [from, to] = [top + PORT, y + PORT];
          const end = x + poolX;
          const start = x + STARTERS_WIDTH;
          lines.push({
            kind: 'line',
            look,
            points: [
              [start, from],
              [middle, from],
              [middle, to],
              [end, to],
            ],
            arrow: look !== 'bad',
          });
          if (look === 'bad') lines.push(...cross((start + middle) / 2, from));
          top += card.height + GAP;
        }
        return [...lines, ...pool.draw(x + poolX, y), ...shapes, ...more.draw(x, top)];
      },
    };
  };
}

/** The pool above, what people start there below, along a line. */
function narrowBand(entry: PoolWithStarters): Row {
  return (width) => {
    const { placements: shown, rest } = foldPool(entry);
    const pool = poolCard(entry, 'narrow')(width);
    const cards = shown.map((placement) => ({ placement, card: starterCard(placement)(width - INDENT) }));
    const more = stack(restText(rest))(width - INDENT);
    const below = cards.reduce((sum, { card }) => sum + GAP + card.height, 0);
    return {
      height: pool.height + below + (rest > 0 ? GAP + more.height : 0),
      draw: (x, y) => {
        const shapes: Shape[] = [];
        const lines: Shape[] = [];
        const rail = x + INDENT / 2 - 2;
        let top = y + pool.height + GAP;
        for (const { placement, card } of cards) {
          shapes.push(...card.draw(x + INDENT, top));
          const look = lineLook(placement);
          const points: Line['points'] = [
            [x + INDENT, top + PORT],
            [rail, top + PORT],
            [rail, y + pool.height],
          ];
          lines.push({ kind: 'line', look, points, arrow: look !== 'bad' });
          if (look === 'bad') lines.push(...cross(rail, top + PORT - 12));
          top += card.height + GAP;
        }
        return [...lines, ...pool.draw(x, y), ...shapes, ...more.draw(x + INDENT, top)];
      },
    };
  };
}

function groupRows({ title, pools }: PoolGroup, size: PageWidth): readonly Row[] {
  const band = size === 'wide' ? wideBand : narrowBand;
  return [paragraph(title, 'heading'), space(8), ...pools.flatMap((entry) => [band(entry), space(GAP + 6)]), space(10)];
}

function describePools(groups: readonly PoolGroup[]): string {
  const pools = groups.flatMap((group) => group.pools);
  const told = pools.map(({ pool, placements }) => {
    const names = (all: readonly Placement[]): string => all.map(({ starter }) => starter.name).join(', ');
    const taken = placements.filter(({ refusal }) => refusal === undefined);
    const refused = placements.filter(({ refusal }) => refusal !== undefined);
    return `Pool ${pool.name} takes ${names(taken) || 'no session'}${refused.length > 0 ? `, and has no node for ${names(refused)}` : ''}.`;
  });
  return told.join(' ');
}

/** Which session runs on which pool, on what kind of node, at what price. */
export function poolsScene(platform: Platform, size: PageWidth): Drawing {
  const groups = poolGroups(platform);
  const { environment, pools, profiles } = platform;
  const body = stack(groups.flatMap((group) => groupRows(group, size)));
  const refused = groups.some((group) =>
    group.pools.some(({ placements }) => placements.some(({ refusal }) => refusal !== undefined)),
  );
  return page(
    {
      name: 'pools',
      title: `Where sessions of ${environment.name} run`,
      subtitle: `${count(profiles.length, 'session profile')} on ${count(pools.length, 'node pool')}. A line means: an empty node of the pool takes one session, by the scheduler's own rules.`,
      description: describePools(groups),
      legend: [
        { chip: { text: 'CPU', accent: 'cpu' }, meaning: 'Sessions and pools without GPUs.' },
        { chip: { text: 'GPU', accent: 'gpu' }, meaning: 'Sessions and pools with GPUs.' },
        ...(pools.some(({ spec }) => spec.capacity.kind === 'ec2' && spec.capacity.capacityTypes.includes('spot'))
          ? [
              {
                chip: { text: 'spot', accent: 'warm' } as const,
                meaning: 'Nodes that the cloud may take back at any time; prices shown are on demand, spot costs less.',
              },
            ]
          : []),
        ...(refused
          ? [
              {
                chip: { text: 'fits no node', accent: 'bad' } as const,
                meaning: 'No node of its pool takes it: a broken line with a cross.',
              },
            ]
          : []),
        {
          chip: { text: 'node', accent: 'system' },
          meaning:
            'CPU and memory are what pods can have of an empty node, DaemonSets subtracted. Prices are on demand in us-east-1.',
        },
      ],
    },
    body,
    size,
  );
}
