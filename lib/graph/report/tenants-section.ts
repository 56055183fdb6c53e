import type { Bundle } from '../../bundle/bundle.ts';
import { count } from '../../core/words.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import { element, type Markup } from '../drawing/xml.ts';
import { describeBelow, describeShare, isOver } from '../views/describe-share.ts';
import { type TenantRow, tenantView } from '../views/tenant-view.ts';
import { mark, named } from './mark.ts';
import { fileAddress, type ReportPlaces } from './subject.ts';
import { type Column, lines, table } from './table.ts';

/** Rows of the table; larger trees are folded. */
const MOST_ROWS = 500;

const people = ({ groups, users }: TenantNode['owners']): string => [...groups, ...users].join(', ');

function folders({ objects }: Bundle): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { phase, manifest } of objects) {
    const { namespace } = manifest.metadata;
    if (namespace !== undefined && phase === '50-tenants') found.set(namespace, `${phase}/${namespace}`);
  }
  return found;
}

/** Every tenant with what it is promised, of what, and who may do what there. */
export function tenantsTable(bundle: Bundle, places: ReportPlaces): Markup {
  const view = tenantView(bundle.platform, MOST_ROWS);
  const folderOf = folders(bundle);
  const name = ({ tenant, folded }: TenantRow) =>
    tenant
      ? named(
          tenant.name,
          ...(tenant.title === tenant.name ? [] : [tenant.title]),
          ...(tenant.parent === undefined ? [] : [`below ${tenant.parent}`]),
        )
      : `and ${count(folded, 'more tenant')}`;
  const columns: readonly Column<TenantRow>[] = [
    { title: 'tenant', share: 19, cell: name },
    {
      title: 'kind',
      share: 11,
      cell: ({ tenant }) =>
        tenant
          ? lines([
              tenant.kind,
              ...(tenant.tier === 'course' ? [mark('reserved', 'course')] : []),
              ...(tenant.selfService ? [mark('calm', 'self-service')] : []),
            ])
          : '',
    },
    ...view.goods.map(
      (good, index): Column<TenantRow> => ({
        title: good.title,
        share: 13,
        cell: (row) => {
          const share = row.shares[index] ?? {};
          const below = describeBelow(good, share);
          return lines([
            describeShare(good, share, row),
            ...(below ? [isOver(share) ? mark('warm', below) : below] : []),
          ]);
        },
      }),
    ),
    { title: 'owners', share: 12, cell: ({ tenant }) => (tenant ? people(tenant.owners) : '') },
    { title: 'members', share: 14, cell: ({ tenant }) => (tenant ? people(tenant.members) : '') },
    {
      title: 'files',
      share: 14,
      cell: ({ tenant }) => {
        const folder = tenant && folderOf.get(tenant.name);
        return folder ? element('a', { href: fileAddress(places, folder) }, folder) : '';
      },
    },
  ];
  return table('Tenants, each below the one it belongs to', columns, view.rows);
}
