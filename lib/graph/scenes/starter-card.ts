import { type Chip, card, heading, paragraph, type Row, space } from '../drawing/rows.ts';
import { describeAudience, describeDemand, describeFirst } from '../views/describe.ts';
import type { Placement } from '../views/placement.ts';

function starterChips({ starter: { demand, profile }, refusal }: Placement): readonly Chip[] {
  return [
    ...(refusal === undefined ? [] : [{ text: 'fits no node', accent: 'bad' } as const]),
    demand.gpu ? { text: 'GPU', accent: 'gpu' } : { text: 'CPU', accent: 'cpu' },
    ...(profile?.spec.interruptible ? [{ text: 'interruptible', accent: 'warm' } as const] : []),
    ...(profile?.schedulerName === undefined ? [] : [{ text: 'packed', accent: 'calm' } as const]),
  ];
}

/** What people start, what it needs, what comes first where there is no node, and who may. */
export function starterCard(placement: Placement): Row {
  const { starter, refusal } = placement;
  const first = describeFirst(placement);
  return card(
    [
      heading(starter.name, starterChips(placement)),
      space(2),
      paragraph(starter.title, 'note', 2),
      space(4),
      paragraph(describeDemand(starter.demand), 'body', 2),
      ...(first === undefined ? [] : [paragraph(first, 'body', 2)]),
      ...(refusal === undefined ? [] : [paragraph(refusal, 'bad', 6)]),
      paragraph(`For ${describeAudience(starter)}`, 'note', 2),
    ],
    starter.demand.gpu ? 'gpu' : 'cpu',
    refusal === undefined ? 'card' : 'badCard',
  );
}
