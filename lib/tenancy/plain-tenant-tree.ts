import { Construct } from 'constructs';
import { declareOrigin } from '../constructs/origin.ts';
import type { Platform } from '../model/platform.ts';
import { quotaHard } from '../model/tenant-quota.ts';
import { limitRange } from './limit-range.ts';
import { networkPolicies } from './network-policies.ts';
import { plainQuota } from './plain-quota.ts';
import { resourceQuota } from './resource-quota.ts';
import { bindPeople } from './role-bindings.ts';
import { hasNamespace } from './tenant-namespaces.ts';
import { TENANT_ROLES } from './tenant-rules.ts';

/**
 * The tree of tenants as plain namespaces: each workspace has everything of its own, what the tenants above it say
 * included. A folder has no namespace. Phase 50-tenants, where the backend is plain.
 */
export class PlainTenantTree extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const { environment, tenants, deviceResources } = platform;
    const byName = new Map(tenants.map((tenant) => [tenant.name, tenant]));
    const named = (names: readonly string[]) => names.flatMap((name) => byName.get(name) ?? []);
    for (const tenant of tenants.filter((each) => hasNamespace(platform, each))) {
      const { name, ancestors, children, podDefaults } = tenant;
      const own = { namespace: name, tenant: name };
      const of = new Construct(this, name);
      declareOrigin(of, tenant.at);
      const line = named([name, ...ancestors]);
      bindPeople(of, {
        ...own,
        as: 'owners',
        clusterRole: TENANT_ROLES.owner,
        people: line.map(({ owners }) => owners),
      });
      bindPeople(of, {
        ...own,
        as: 'members',
        clusterRole: TENANT_ROLES.member,
        people: line.map(({ members }) => members),
      });
      const hard = quotaHard(plainQuota(tenant, named(children)), deviceResources);
      resourceQuota(of, { namespace: name, name: 'quota', hard });
      limitRange(of, { ...own, defaults: podDefaults });
      const root = ancestors[0] ?? name;
      networkPolicies(of, { namespace: name, root, selfService: false, egress: environment.tenancy.egress });
    }
  }
}
