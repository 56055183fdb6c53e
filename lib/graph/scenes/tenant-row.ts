import { count } from '../../core/words.ts';
import type { Box } from '../drawing/drawing.ts';
import { type Chip, columns, heading, paragraph, type Row, sideBySide, space, stack } from '../drawing/rows.ts';
import { describeAmount, describeBelow, describeShare, isOver } from '../views/describe-share.ts';
import type { Good, Share, TenantRow, TenantView } from '../views/tenant-view.ts';
import type { PageWidth } from './page-width.ts';

/** Share of a wide picture that names take; the goods share the rest. */
export function namesShare({ goods }: TenantView): number {
  return goods.length > 4 ? 0.26 : 0.34;
}

/** Between columns. */
export const COLUMN_GAP = 16;
const BAR_HEIGHT = 6;

/** A bar as long as the share of what it is a part of. */
function bar(good: Good, { own, of }: Share): Row {
  return (width) => ({
    height: BAR_HEIGHT,
    draw: (x, y) => {
      const part = own === undefined || !of ? 0 : Math.min(1, own / of);
      const track: Box = { kind: 'box', x, y, width, height: BAR_HEIGHT, look: 'track' };
      const look = own !== undefined && of !== undefined && own > of ? 'bad' : good.device ? 'gpu' : 'cpu';
      return part === 0 ? [track] : [track, { ...track, width: Math.max(3, width * part), look }];
    },
  });
}

function belowRows(good: Good, share: Share): readonly Row[] {
  const text = describeBelow(good, share);
  return text === '' ? [] : [paragraph(text, isOver(share) ? 'over' : 'tick')];
}

/** What a tenant has of each good: `12 of 24`, a bar, and what is promised below. */
export function goodsCells({ goods }: TenantView, row: TenantRow, size: PageWidth): readonly Row[] {
  return goods.map((good, index) => {
    const share = row.shares[index] ?? {};
    const text = describeShare(good, share, row);
    const look = share.own ? 'body' : 'note';
    const line =
      size === 'wide'
        ? paragraph(text, look)
        : columns([
            { text: good.title, look: 'note', share: 0.35 },
            { text, look, share: 0.65, right: true },
          ]);
    return stack([line, space(2), ...(row.folded > 0 ? [] : [bar(good, share)]), ...belowRows(good, share)]);
  });
}

/** The name of a tenant, what kind it is, and its name for people. */
export function tenantName({ tenant, folded }: TenantRow): Row {
  if (!tenant) return paragraph(`and ${count(folded, 'more tenant')}`, 'note');
  const marks: readonly Chip[] = [
    ...(tenant.kind === 'folder' ? [{ text: 'folder', accent: 'system' } as const] : []),
    ...(tenant.tier === 'course' ? [{ text: 'course', accent: 'reserved' } as const] : []),
    ...(tenant.selfService ? [{ text: 'self-service', accent: 'calm' } as const] : []),
  ];
  const title = tenant.title === tenant.name ? [] : [paragraph(tenant.title, 'note')];
  return stack([heading(tenant.name, marks, 'name'), ...title]);
}

/** Titles of the columns, and what all of them are parts of. */
export function goodsHead({ goods, capacity }: TenantView): readonly Row[] {
  return goods.map((good, index) =>
    stack([paragraph(good.title, 'heading'), paragraph(describeAmount(good, capacity[index] ?? 0), 'body')]),
  );
}

/** Rows at the right of a name, or below it where there is no room. */
export function goodsBeside(cells: readonly Row[], size: PageWidth): Row {
  return size === 'wide' ? sideBySide(cells, COLUMN_GAP) : stack(cells.flatMap((each) => [each, space(5)]));
}
