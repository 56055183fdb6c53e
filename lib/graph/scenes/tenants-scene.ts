import { count } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import type { Drawing, Line, Shape } from '../drawing/drawing.ts';
import { paragraph, type Row, space, stack } from '../drawing/rows.ts';
import { describeAmount, describeShare, isOver } from '../views/describe-share.ts';
import { type TenantRow, type TenantView, tenantView } from '../views/tenant-view.ts';
import { page } from './page.ts';
import type { PageWidth } from './page-width.ts';
import { COLUMN_GAP, goodsBeside, goodsCells, goodsHead, namesShare, tenantName } from './tenant-row.ts';

const ROW_GAP = 14;
const STEP = { wide: 22, narrow: 14 } as const;
/** Deep trees are indented less, so that names keep their room. */
const MOST_INDENT = { wide: 132, narrow: 84 } as const;
/** From the top of a row to the middle of its name. */
const NAME_MIDDLE = 10;

function indentStep({ rows }: TenantView, size: PageWidth): number {
  const deepest = Math.max(1, ...rows.map(({ depth }) => depth));
  return Math.min(STEP[size], MOST_INDENT[size] / deepest);
}

/** A row of the tree with its height, before it has its place. */
interface PlacedRow {
  readonly depth: number;
  readonly nameHeight: number;
  readonly height: number;
  readonly draw: (x: number, y: number) => readonly Shape[];
}

function placeRow(view: TenantView, row: TenantRow, width: number, size: PageWidth): PlacedRow {
  const indent = row.depth * indentStep(view, size);
  // Beside the line that leads to the tenants below.
  const inner = indent + STEP.narrow;
  const names = size === 'wide' ? width * namesShare(view) : width;
  const name = tenantName(row)(names - indent - (size === 'wide' ? COLUMN_GAP : 0));
  const cells = row.folded > 0 && size === 'narrow' ? [] : goodsCells(view, row, size);
  const goods = goodsBeside(cells, size)(size === 'wide' ? width - names : width - inner);
  const [goodsX, goodsY] = size === 'wide' ? [names, 0] : [inner, name.height + 4];
  return {
    depth: row.depth,
    nameHeight: name.height,
    height: Math.max(name.height, goodsY + goods.height),
    draw: (x, y) => [...name.draw(x + indent, y), ...goods.draw(x + goodsX, y + goodsY)],
  };
}

/** Lines from every tenant to those right below it, at the left of all that stands below it. */
function branches(rows: readonly (PlacedRow & { readonly top: number })[], x: number, step: number): readonly Line[] {
  /** Where the rail of each depth has come to. */
  const rails: number[] = [];
  return rows.flatMap(({ depth, top, nameHeight }): readonly Line[] => {
    rails[depth + 1] = top + nameHeight + 3;
    if (depth === 0) return [];
    const rail = x + (depth - 1) * step + 5;
    const to = top + NAME_MIDDLE;
    const from = rails[depth] ?? to;
    rails[depth] = to;
    return [
      {
        kind: 'line',
        look: 'branch',
        points: [
          [rail, from],
          [rail, to],
          [x + depth * step - 3, to],
        ],
      },
    ];
  });
}

function tree(view: TenantView, size: PageWidth): Row {
  return (width) => {
    const placed = view.rows.map((row) => placeRow(view, row, width, size));
    return {
      height: placed.reduce((sum, { height }) => sum + height + ROW_GAP, 0),
      draw: (x, y) => {
        let top = y;
        const rows = placed.map((row) => {
          const at = { ...row, top };
          top += row.height + ROW_GAP;
          return at;
        });
        return [...branches(rows, x, indentStep(view, size)), ...rows.flatMap((row) => row.draw(x, row.top))];
      },
    };
  };
}

/** Titles of the columns above a line; in narrow pictures what there is of each good. */
function head(view: TenantView, size: PageWidth): Row {
  const label = stack([
    paragraph('All pools at their largest', 'heading'),
    paragraph('without those of the platform', 'note'),
  ]);
  if (size === 'narrow') {
    const goods = view.goods.map((good, index) =>
      paragraph(`${good.title}: ${describeAmount(good, view.capacity[index] ?? 0)}`, 'body'),
    );
    return stack([label, space(4), ...goods, space(10), rule]);
  }
  return stack([
    (width) => {
      const names = width * namesShare(view);
      const [left, right] = [label(names - COLUMN_GAP), goodsBeside(goodsHead(view), size)(width - names)];
      return {
        height: Math.max(left.height, right.height),
        draw: (x, y) => [...left.draw(x, y), ...right.draw(x + names, y)],
      };
    },
    space(8),
    rule,
  ]);
}

const rule: Row = (width) => ({
  height: 14,
  draw: (x, y) => [{ kind: 'box', x, y, width, height: 1, look: 'rule' }],
});

function describeTenants(view: TenantView): string {
  return view.rows
    .flatMap((row) => {
      const { tenant, shares } = row;
      if (!tenant) return [];
      const told = view.goods.map((good, index) => `${good.title} ${describeShare(good, shares[index] ?? {}, row)}`);
      return [`${tenant.name}${tenant.parent === undefined ? '' : ` below ${tenant.parent}`}: ${told.join(', ')}.`];
    })
    .join(' ');
}

/** Who shares with whom, and what each is promised of what the one above has. */
export function tenantsScene(platform: Platform, size: PageWidth): Drawing {
  const view = tenantView(platform);
  const { name, tenancy } = platform.environment;
  const meaning =
    tenancy.backend.kind === 'hnc'
      ? 'A quota holds for a tenant and everything below it.'
      : 'Plain namespaces: a quota is divided among the tenants below, and nothing is shared between siblings.';
  return page(
    {
      name: 'tenants',
      title: `Tenants of ${name}`,
      subtitle: `${count(platform.tenants.length, 'tenant')}. "12 of 24" is a quota of 12 below one of 24; at the top, of what all pools have at their largest. ${meaning}`,
      description: platform.tenants.length === 0 ? 'There is no tenant.' : describeTenants(view),
      legend: [
        ...(view.rows.some(({ shares }) => shares.some(isOver))
          ? [
              {
                chip: { text: 'below: 30 > 24', accent: 'warm' } as const,
                meaning:
                  'Tenants below are promised more together than there is, so not all can have all of it at once.',
              },
            ]
          : []),
        { chip: { text: 'folder', accent: 'system' }, meaning: 'Holds policy and tenants below it, no workloads.' },
        {
          chip: { text: 'course', accent: 'reserved' },
          meaning: 'A tenant of the tier of courses, with their priority classes.',
        },
        { chip: { text: 'self-service', accent: 'calm' }, meaning: 'Owners make namespaces below it themselves.' },
      ],
    },
    view.rows.length === 0
      ? paragraph('The environment has no tenant.', 'body')
      : stack([head(view, size), tree(view, size)]),
    size,
  );
}
