import { parseQuantity } from '../../core/quantity.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import type { Line, Step } from '../explanation.ts';
import { type QuotaLevel, quotaLevels } from '../quota.ts';
import { filesOf, placeAt, type Scene } from '../scene.ts';
import { detail, line } from '../words.ts';

const short = (resource: string): string => resource.replace(/^requests\./, '');

/** The smallest limit of each resource on the path, and where it stands: what counts in the end. */
function tightest(
  levels: readonly QuotaLevel[],
): ReadonlyMap<string, { readonly hard: string; readonly namespace: string }> {
  const found = new Map<string, { readonly hard: string; readonly namespace: string }>();
  for (const { hard, namespace } of levels) {
    for (const [resource, amount] of Object.entries(hard)) {
      const known = found.get(resource);
      const value = parseQuantity(String(amount));
      const least = known && parseQuantity(known.hard);
      if (value === undefined || (least !== undefined && least <= value)) continue;
      found.set(resource, { hard: String(amount), namespace });
    }
  }
  return found;
}

const describeHard = (hard: QuotaLevel['hard']): string =>
  Object.entries(hard)
    .map(([resource, amount]) => `${short(resource)} ${amount}`)
    .join(', ');

/** Every quota that counts what runs in the tenant: its own, and those above it. */
export function explainTenantQuota(scene: Scene, tenant: TenantNode): Step {
  const { platform } = scene.bundle;
  const levels = quotaLevels(scene, tenant.name);
  const limits = tightest(levels);
  const elsewhere = [...limits].filter(([, { namespace }]) => namespace !== tenant.name);
  const inherited = elsewhere.map(([resource, { hard, namespace }]) => `${short(resource)} ${hard} (${namespace})`);
  const { request, limit } = tenant.podDefaults;
  const plainFolder = tenant.kind === 'folder' && platform.environment.tenancy.backend.kind === 'plain';
  return {
    id: 'quota',
    verdict: 'fine',
    summary: plainFolder
      ? 'a folder of plain namespaces limits nothing: what its children have counts'
      : limits.size === 0
        ? 'no quota here or above it'
        : `at most ${[...limits].map(([resource, { hard }]) => `${short(resource)} ${hard}`).join(', ')}`,
    lines: [
      ...levels.map(
        ({ namespace, object, hard }): Line =>
          line(
            `${namespace}${namespace === tenant.name ? '' : ' (above, shared)'}: ${describeHard(hard)}${object.manifest.metadata.name === 'quota' ? '' : ` [${object.manifest.metadata.name}]`}`,
          ),
      ),
      ...(inherited.length > 0 ? [line(`ends first above: ${inherited.join(', ')}`)] : []),
      detail(
        `a container that asks for nothing gets ${request.cpu}m CPU and ${request.memory / 2 ** 20} MiB, at most ${limit.cpu}m and ${limit.memory / 2 ** 20} MiB`,
      ),
    ],
    places: [placeAt(scene, [...tenant.at, 'quota'])],
    files: filesOf(levels.map(({ object }) => object)),
    facts: {
      levels: levels.map(({ namespace, object, hard }) => ({ namespace, quota: object.manifest.metadata.name, hard })),
      limits: Object.fromEntries([...limits].map(([resource, { hard, namespace }]) => [resource, { hard, namespace }])),
    },
  };
}
