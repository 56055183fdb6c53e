import { count } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import { describeAmount, describeShare } from '../views/describe-share.ts';
import { type TenantRow, type TenantView, tenantView } from '../views/tenant-view.ts';
import { chartHead, mermaidLabel, shortened } from './text.ts';

function rowLabel({ goods }: TenantView, row: TenantRow): string {
  const { tenant, folded, shares } = row;
  const lines = goods.flatMap((good, index) => {
    const text = describeShare(good, shares[index] ?? {}, row);
    return text === '' || text === 'none' ? [] : [`${good.title}: ${text}`];
  });
  if (!tenant) return mermaidLabel(`and ${count(folded, 'more tenant')}`, ...lines);
  const title = tenant.title === tenant.name ? [] : [shortened(tenant.title)];
  return mermaidLabel(tenant.name, ...title, ...lines);
}

/** The tenant tree as a flowchart; folders are round, courses have a thick border. */
export function tenantsChart(platform: Platform): string {
  const view = tenantView(platform);
  const lines = [...chartHead('flowchart LR', `Tenants of ${platform.environment.name}`)];
  const all = view.goods.map((good, index) => `${good.title}: ${describeAmount(good, view.capacity[index] ?? 0)}`);
  lines.push(`  all[(${mermaidLabel('All pools at their largest', ...all)})]`);
  /** The last row of every depth: the parent of what comes below. */
  const path: string[] = ['all'];
  view.rows.forEach((row, index) => {
    const id = `tenant${index}`;
    const label = rowLabel(view, row);
    const shape = row.tenant?.kind === 'folder' ? `([${label}])` : `[${label}]`;
    lines.push(`  ${id}${shape}${row.tenant?.tier === 'course' ? ':::course' : ''}`, `  ${path[row.depth]} --> ${id}`);
    path[row.depth + 1] = id;
  });
  lines.push('  classDef course stroke-width:3px');
  return `${lines.join('\n')}\n`;
}
