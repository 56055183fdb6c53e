import { parseQuantity } from '../../core/kubernetes-quantity.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import type { Line, Step } from '../explanation.ts';
import { type QuotaLevel, quotaLevels, shortResource } from '../quota.ts';
import { filesOf, placeAt, type Scene } from '../scene.ts';
import { describeSize, detail, line } from '../words.ts';

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

function describeLimits(limits: ReturnType<typeof tightest>): string {
  // How many objects of a kind there may be says nothing about what may run.
  const told = [...limits].filter(([resource]) => !resource.startsWith('count/'));
  if (told.length === 0) return 'no quota here or above it';
  return `at most ${told.map(([resource, { hard }]) => `${shortResource(resource)} ${hard}`).join(', ')}`;
}

const describeHard = (hard: QuotaLevel['hard']): string =>
  Object.entries(hard)
    .map(([resource, amount]) => `${shortResource(resource)} ${amount}`)
    .join(', ');

/** Every quota that counts what runs in the tenant: its own, and those above it. */
export function explainTenantQuota(scene: Scene, tenant: TenantNode): Step {
  const { platform } = scene.bundle;
  const levels = quotaLevels(scene, tenant.name);
  // What keeps workloads out of a folder itself says nothing about what is below it.
  const shared = levels.filter(({ object }) => tenant.kind === 'workspace' || object.manifest.kind !== 'ResourceQuota');
  const limits = tightest(shared);
  const elsewhere = [...limits].filter(([, { namespace }]) => namespace !== tenant.name);
  const inherited = elsewhere.map(
    ([resource, { hard, namespace }]) => `${shortResource(resource)} ${hard} (${namespace})`,
  );
  const { request, limit } = tenant.podDefaults;
  const plainFolder = tenant.kind === 'folder' && platform.environment.tenancy.backend.kind === 'plain';
  return {
    id: 'quota',
    verdict: 'fine',
    summary: plainFolder ? 'as a folder of plain namespaces it limits nothing itself' : describeLimits(limits),
    lines: [
      ...levels.map(
        ({ namespace, object, hard }): Line =>
          line(
            `${namespace}${namespace === tenant.name ? '' : ' (above, shared)'}: ${describeHard(hard)}${object.manifest.metadata.name === 'quota' ? '' : ` [${object.manifest.metadata.name}]`}`,
          ),
      ),
      ...(inherited.length > 0 ? [line(`tighter above: ${inherited.join(', ')}`)] : []),
      detail(
        `a container that asks for nothing gets ${describeSize(request.cpu, request.memory)}, at most ${describeSize(limit.cpu, limit.memory)}`,
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
