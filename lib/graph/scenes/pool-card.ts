import type { Pool, PoolNode } from '../../model/pool.ts';
import { formatTaint } from '../../model/taint.ts';
import { type Cell, type Chip, card, columns, heading, paragraph, type Row, space } from '../drawing/rows.ts';
import { describeDevices, describeGpu, describePrice, describeSize, isSpot, usable } from '../views/describe.ts';
import { type PoolWithStarters, poolKind } from '../views/pool-group.ts';
import type { PageWidth } from './page-width.ts';

const MOST_TYPES = 6;
const MOST_TAINTS = 4;
const ACCENTS = { general: 'cpu', cpu: 'cpu', gpu: 'gpu', system: 'system' } as const;

function poolChips(pool: Pool): readonly Chip[] {
  return [
    ...(pool.gpuModel === undefined ? [] : [{ text: describeGpu(pool), accent: 'gpu' } as const]),
    ...(isSpot(pool) ? [{ text: 'spot', accent: 'warm' } as const] : []),
    { text: describeSize(pool), accent: 'system' },
  ];
}

/** Starters for which this kind of node comes first where the pool has none. */
function firstFor({ pool, placements }: PoolWithStarters, type: string): string {
  const names = placements.flatMap(({ starter, reaches }) =>
    reaches.some((reach) => reach.pool.name === pool.name && reach.first.type === type) ? [starter.name] : [],
  );
  if (names.length === 0 || !pool.elastic) return '';
  return names.length > 1 ? `first for ${names.length} of them` : `first for ${names.join('')}`;
}

/** Devices of a node in one word; several kinds get a line of their own. */
const deviceCell = (node: PoolNode): string => (Object.keys(node.devices).length > 1 ? 'MIG' : describeDevices(node));

const WIDE = { type: 0.2, cpu: 0.08, memory: 0.15, devices: 0.18, price: 0.16, first: 0.23 } as const;

function wideRow(entry: PoolWithStarters, node: PoolNode): Row {
  const { cpu, memory } = usable(entry.pool, node);
  const cell = (text: string, share: number, right = false): Cell => ({ text, look: 'body', share, right });
  return columns([
    { text: node.type, look: 'strong', share: WIDE.type },
    cell(cpu, WIDE.cpu, true),
    cell(memory, WIDE.memory, true),
    cell(deviceCell(node), WIDE.devices, true),
    cell(describePrice(node.usdPerHour), WIDE.price, true),
    { text: firstFor(entry, node.type), look: 'note', share: WIDE.first },
  ]);
}

function narrowRows(entry: PoolWithStarters, node: PoolNode): readonly Row[] {
  const { cpu, memory } = usable(entry.pool, node);
  const first = firstFor(entry, node.type);
  const devices = deviceCell(node);
  return [
    columns([
      { text: node.type, look: 'strong', share: 0.6 },
      { text: describePrice(node.usdPerHour), look: 'body', share: 0.4, right: true },
    ]),
    paragraph([`${cpu} CPU`, memory, ...(devices ? [devices] : [])].join(', '), 'body', 2),
    ...(first ? [paragraph(first, 'note', 2)] : []),
    space(4),
  ];
}

function nodeRows(entry: PoolWithStarters, size: PageWidth): readonly Row[] {
  const shown = entry.pool.nodes.slice(0, MOST_TYPES);
  const rest = entry.pool.nodes.length - shown.length;
  const priced = shown.some(({ usdPerHour }) => usdPerHour !== undefined);
  const headings = ['node', 'CPU', 'memory', entry.pool.gpuModel ? 'devices' : '', priced ? 'on demand' : '', ''];
  const head = columns(
    Object.values(WIDE).map((share, index) => ({
      text: headings[index] ?? '',
      look: 'tick',
      share,
      right: index > 0 && index < 5,
    })),
  );
  const several = shown.find(({ devices }) => Object.keys(devices).length > 1);
  return [
    ...(size === 'wide'
      ? [head, ...shown.map((node) => wideRow(entry, node))]
      : shown.flatMap((node) => narrowRows(entry, node))),
    ...(rest > 0 ? [paragraph(`and ${rest} more types`, 'note')] : []),
    ...(several ? [paragraph(`A node has ${describeDevices(several)}.`, 'note', 3)] : []),
  ];
}

function taintRows({ taints }: Pool): readonly Row[] {
  if (taints.length === 0) return [paragraph('No taint: every pod may come.', 'note')];
  const shown = taints.slice(0, MOST_TAINTS).map((taint) => paragraph(formatTaint(taint), 'body'));
  const rest = taints.length - shown.length;
  return [
    paragraph(taints.length === 1 ? 'Taint, keeps other pods away' : 'Taints, keep other pods away', 'tick'),
    ...shown,
    ...(rest > 0 ? [paragraph(`and ${rest} more`, 'note')] : []),
  ];
}

/** A pool with its kinds of node and its taints. */
export function poolCard(entry: PoolWithStarters, size: PageWidth): Row {
  const { pool } = entry;
  const { description } = pool.spec;
  return card(
    [
      heading(pool.name, poolChips(pool)),
      ...(description ? [space(2), paragraph(description, 'note', 2)] : []),
      space(8),
      ...nodeRows(entry, size),
      space(8),
      ...taintRows(pool),
    ],
    ACCENTS[poolKind(pool)],
  );
}
