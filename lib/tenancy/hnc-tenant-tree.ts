import { Construct } from 'constructs';
import { declareOrigin } from '../constructs/origin.ts';
import {
  HNC_GROUP,
  hierarchicalResourceQuota,
  hierarchyConfiguration,
  hncConfiguration,
} from '../crds/hnc.x-k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import { type TenantLabels, tenantLabels } from '../model/tenant-labels.ts';
import { quotaHard } from '../model/tenant-quota.ts';
import type { TenantNode } from '../model/tenant-tree.ts';
import { planLimitRanges } from './hnc-limit-ranges.ts';
import { PROPAGATED } from './hnc-names.ts';
import { limitRange } from './limit-range.ts';
import { networkPolicies } from './network-policies.ts';
import { resourceQuota } from './resource-quota.ts';
import { bindPeople } from './role-bindings.ts';
import { TENANT_ROLES } from './tenant-rules.ts';

/** How many namespaces the owners of a tenant may make below it: each costs the cluster objects, used or not. */
const MAX_SELF_SERVICE_NAMESPACES = 20;

/** Where the tenant stands, and the labels HNC carries down from it. A root without labels needs no word. */
function hierarchy(scope: Construct, { tenant, managed }: TenantLabels): void {
  const labels = Object.entries(managed)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  if (tenant.parent === undefined && labels.length === 0) return;
  hierarchyConfiguration(scope, 'hierarchy', tenant.name, {
    ...(tenant.parent === undefined ? {} : { parent: tenant.parent }),
    ...(labels.length === 0 ? {} : { labels }),
  });
}

function people(scope: Construct, { name, owners, members, selfService }: TenantNode): void {
  const of = { namespace: name, tenant: name };
  bindPeople(scope, { ...of, as: 'owners', clusterRole: TENANT_ROLES.owner, people: [owners] });
  bindPeople(scope, { ...of, as: 'members', clusterRole: TENANT_ROLES.member, people: [members] });
  if (selfService) {
    bindPeople(scope, { ...of, as: 'self-service', clusterRole: TENANT_ROLES.selfService, people: [owners] });
  }
}

function quotas(scope: Construct, tenant: TenantNode, covered: boolean, devices: readonly string[]): void {
  const { name: namespace, quota, kind, selfService } = tenant;
  if (quota) {
    const hard = quotaHard(quota, devices);
    if (Object.keys(hard).length > 0) {
      hierarchicalResourceQuota(scope, 'quota', { name: 'quota', namespace }, { hard });
    }
  }
  if (selfService) {
    const hard = { [`count/subnamespaceanchors.${HNC_GROUP}`]: String(MAX_SELF_SERVICE_NAMESPACES) };
    hierarchicalResourceQuota(scope, 'self-service-quota', { name: 'self-service', namespace }, { hard });
  }
  // Ordinary quotas of this one namespace; HNC does not copy them.
  if (kind === 'folder') resourceQuota(scope, { namespace, name: 'no-workloads', hard: { pods: '0' } });
  else if (!covered) resourceQuota(scope, { namespace, name: 'no-gpus', hard: quotaHard({ gpus: 0 }, devices) });
}

/**
 * The tree of tenants in terms of HNC: what holds for a subtree is said once, at its top, and HNC copies or adds it up.
 * Quotas stand in the tenants' own namespaces, because no tenant role may write them. Phase 50-tenants, where the backend
 * is hnc; the namespaces are there since 10-foundation.
 */
export class HncTenantTree extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const { environment, tenants, deviceResources } = platform;
    hncConfiguration(this, 'config', {
      resources: PROPAGATED.map(({ group, resource }) => ({
        ...(group === '' ? {} : { group }),
        resource,
        mode: 'Propagate' as const,
      })),
    });
    const limitRanges = new Map(planLimitRanges(tenants).map((plan) => [plan.tenant.name, plan]));
    const withQuota = new Set(tenants.filter(({ quota }) => quota).map(({ name }) => name));
    const selfService = new Set(
      tenants.filter((each) => each.selfService).map((each) => each.ancestors[0] ?? each.name),
    );
    const tree = new Construct(this, 'tree');
    for (const labels of tenantLabels(environment, tenants)) {
      const { tenant } = labels;
      const of = new Construct(tree, tenant.name);
      declareOrigin(of, tenant.at);
      hierarchy(of, labels);
      people(of, tenant);
      const covered = [tenant.name, ...tenant.ancestors].some((name) => withQuota.has(name));
      quotas(of, tenant, covered, deviceResources);
      const plan = limitRanges.get(tenant.name);
      if (plan) {
        const { annotations } = plan;
        const own = { namespace: tenant.name, tenant: tenant.name, defaults: tenant.podDefaults };
        limitRange(of, annotations ? { ...own, annotations } : own);
      }
      if (tenant.parent === undefined) {
        const root = { namespace: tenant.name, root: tenant.name, selfService: selfService.has(tenant.name) };
        networkPolicies(of, { ...root, egress: environment.tenancy.egress });
      }
    }
  }
}
