import { count, list } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import type { Drawing, Line, Shape } from '../drawing/drawing.ts';
import { type Chip, card, heading, paragraph, type Row, space } from '../drawing/rows.ts';
import { ladder, type Rung } from '../views/ladder.ts';
import { page } from './page.ts';
import type { PageWidth } from './page-width.ts';

const LANE = 14;
const GAP = 10;
/** From the top of a card to the middle of its name. */
const PORT = 22;

function rungCard({ step, starters, holders }: Rung): Row {
  const marks: readonly Chip[] = [
    ...(step.default ? [{ text: 'default', accent: 'cpu' } as const] : []),
    ...(step.preempts ? [{ text: 'displaces', accent: 'calm' } as const] : []),
    { text: step.value.toLocaleString('en-US'), accent: 'system' },
  ];
  return card(
    [
      heading(step.name, marks),
      space(2),
      paragraph(step.description, 'note', 3),
      ...(starters.length > 0 ? [space(4), paragraph(`Runs ${list(starters, 12)}`, 'body', 3)] : []),
      ...(holders.length > 0 ? [space(4)] : []),
      ...holders.slice(0, 6).map((holder) => paragraph(`Holds ${holder}`, 'body', 2)),
      ...(holders.length > 6 ? [paragraph(`and ${holders.length - 6} more`, 'note')] : []),
      paragraph(step.tiers.length > 0 ? `For namespaces of tier ${list(step.tiers)}` : 'For no namespace', 'note', 2),
    ],
    holders.length > 0 ? 'warm' : step.preempts ? 'calm' : 'system',
  );
}

/** Cards one below the other; at their left a line from everybody who may displace down to the lowest. */
function rungs(all: readonly Rung[]): Row {
  return (width) => {
    const lanes = all.filter(({ displaces }) => displaces).length;
    const left = lanes === 0 ? 0 : Math.min(lanes * LANE + 22, width / 4);
    const lane = lanes === 0 ? 0 : (left - 22) / lanes;
    const cards = all.map((rung) => ({ rung, card: rungCard(rung)(width - left) }));
    return {
      height: cards.reduce((sum, { card }) => sum + card.height + GAP, -GAP),
      draw: (x, y) => {
        const shapes: Shape[] = [];
        const starts: number[] = [];
        let top = y;
        for (const { rung, card } of cards) {
          shapes.push(...card.draw(x + left, top));
          if (rung.displaces) starts.push(top + PORT);
          top += card.height + GAP;
        }
        const lowest = top - GAP - (cards.at(-1)?.card.height ?? 0);
        const lines = starts.map((from, index): Line => {
          const rail = x + index * lane + 4;
          const to = lowest + PORT - 8 + Math.min(16, index * 8);
          return {
            kind: 'line',
            look: 'calm',
            points: [
              [x + left, from],
              [rail, from],
              [rail, to],
              [x + left, to],
            ],
            arrow: true,
          };
        });
        return [...lines, ...shapes];
      },
    };
  };
}

/** In which order pods are served, and who may displace whom. */
export function prioritiesScene(platform: Platform, size: PageWidth): Drawing {
  const all = ladder(platform);
  const describe = ({ step, starters, displaces }: Rung): string =>
    `${step.name} (${step.value})${displaces ? ' displaces all below' : ''}${starters.length > 0 ? ` runs ${starters.join(', ')}` : ''}.`;
  return page(
    {
      name: 'priorities',
      title: `Who is served first in ${platform.environment.name}`,
      subtitle: `${count(all.length, 'priority class', 'priority classes')}, highest first. Nothing queues in front of the scheduler: of the pods that wait it looks at those of the highest class first.`,
      description: all.map(describe).join(' '),
      legend: [
        {
          chip: { text: 'displaces', accent: 'calm' },
          meaning:
            'May end pods of every class below it to get their room: the line at the left leads down to the lowest. All other classes wait their turn.',
        },
        { chip: { text: 'default', accent: 'cpu' }, meaning: 'Given to pods that name no class.' },
      ],
    },
    rungs(all),
    size,
  );
}
