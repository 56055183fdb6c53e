import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import type { Platform } from '../model/platform.ts';
import { tenantLabels } from '../model/tenant-labels.ts';
import type { TenantNode } from '../model/tenant-tree.ts';
import { defaultServiceAccount } from './default-service-account.ts';

/** Marks of the tenants a namespace belongs to: its own, and one per tenant above. */
function treeLabels(tenant: TenantNode): Record<string, string> {
  return Object.fromEntries(
    [...tenant.ancestors, tenant.name].map((name) => [`${LABELS.tenantTreePrefix}${name}`, '']),
  );
}

/** Whether the tenant has a namespace: with plain namespaces a folder has none, because nothing would be passed on from it. */
export function hasNamespace(platform: Platform, tenant: TenantNode): boolean {
  return platform.environment.tenancy.backend.kind === 'hnc' || tenant.kind === 'workspace';
}

/**
 * The namespace of every tenant. Phase 10-foundation, for every backend: HNC refuses to place a namespace that it has not
 * seen yet ("please try again in a few moments"), so they come long before their place in the tree does.
 */
export class TenantNamespaces extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const { environment } = platform;
    for (const { tenant, actual } of tenantLabels(environment, platform.tenants)) {
      if (!hasNamespace(platform, tenant)) continue;
      const of = new Construct(this, tenant.name);
      declareOrigin(of, tenant.at);
      new k8s.KubeNamespace(of, 'namespace', {
        metadata: {
          name: tenant.name,
          labels: { ...actual, [LABELS.tenant]: tenant.name, ...treeLabels(tenant) },
          annotations: { [ANNOTATIONS.title]: tenant.title },
        },
      });
      defaultServiceAccount(of, 'default-service-account', tenant.name, environment);
    }
  }
}
