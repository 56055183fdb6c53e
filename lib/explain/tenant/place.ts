import { list } from '../../core/words.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import type { Step } from '../explanation.ts';
import { filesOf, placeAt, type Scene } from '../scene.ts';
import { detail, line } from '../words.ts';

const BACKENDS = { hnc: 'Hierarchical Namespace Controller', plain: 'plain namespaces' } as const;

/** Where the tenant stands in the tree, and which namespace it is. */
export function explainTreePlace(scene: Scene, tenant: TenantNode): Step {
  const { bundle } = scene;
  const { kind: backend } = bundle.platform.environment.tenancy.backend;
  const objects = bundle.objects.filter(
    ({ manifest: { kind, metadata } }) =>
      metadata.namespace === tenant.name || (kind === 'Namespace' && metadata.name === tenant.name),
  );
  const made = objects.some(({ manifest: { kind } }) => kind === 'Namespace');
  const path = [...tenant.ancestors, tenant.name].join(' > ');
  const purpose = tenant.kind === 'folder' ? 'holds policy and children, no workloads' : 'people work in it';
  return {
    id: 'place',
    verdict: 'fine',
    summary: `${path}: a ${tenant.kind}, ${purpose}`,
    lines: [
      line(
        made
          ? `namespace ${tenant.name}, by ${BACKENDS[backend]}; tier ${tenant.tier}`
          : `no namespace: with ${BACKENDS[backend]} a folder has none; tier ${tenant.tier}`,
      ),
      ...(tenant.children.length > 0 ? [line(`above ${list(tenant.children, 9)}`)] : []),
      ...objects.map(({ manifest: { kind, metadata } }) => detail(`${kind} ${metadata.name}`)),
    ],
    places: [placeAt(scene, tenant.at)],
    files: filesOf(objects),
    facts: {
      path: [...tenant.ancestors, tenant.name],
      kind: tenant.kind,
      tier: tenant.tier,
      backend,
      children: [...tenant.children],
      ...(made ? { namespace: tenant.name } : {}),
    },
  };
}
