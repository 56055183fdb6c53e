import type { Path } from '../core/path.ts';
import type { Environment } from './environment.ts';
import type { PodDefaults, Tenant, TenantQuota } from './tenant.ts';

/** A tenant at its place in the tree. */
export interface TenantNode {
  readonly at: Path;
  readonly name: string;
  readonly title: string;
  readonly kind: Tenant['kind'];
  readonly tier: Tenant['tier'];
  /** Name of the tenant above, unless this is a root. */
  readonly parent?: string;
  /** From the root down to the parent. */
  readonly ancestors: readonly string[];
  readonly children: readonly string[];
  readonly owners: Tenant['owners'];
  readonly members: Tenant['members'];
  readonly quota?: TenantQuota;
  readonly podDefaults: PodDefaults;
  readonly selfService: boolean;
  /** Whether pods of the namespace may ask for GPUs: the nearest quota up the tree promises some. */
  readonly gpuAllowed: boolean;
}

/** GPU devices a quota promises, by resource name without vendor: `{"gpu": 2}`. */
export function promisedDevices(quota: TenantQuota | undefined): Readonly<Record<string, number>> {
  if (quota === undefined) return {};
  return typeof quota.gpus === 'number' ? { gpu: quota.gpus } : quota.gpus;
}

interface Inherited {
  readonly ancestors: readonly string[];
  readonly podDefaults: PodDefaults;
  readonly gpuAllowed: boolean;
}

function flatten(tenant: Tenant, at: Path, inherited: Inherited, into: TenantNode[]): void {
  const podDefaults = tenant.podDefaults ?? inherited.podDefaults;
  const gpuAllowed = tenant.quota
    ? Object.values(promisedDevices(tenant.quota)).some((count) => count > 0)
    : inherited.gpuAllowed;
  const parent = inherited.ancestors.at(-1);
  into.push({
    at,
    name: tenant.name,
    title: tenant.title ?? tenant.name,
    kind: tenant.kind,
    tier: tenant.tier,
    ...(parent === undefined ? {} : { parent }),
    ancestors: inherited.ancestors,
    children: tenant.children.map(({ name }) => name),
    owners: tenant.owners,
    members: tenant.members,
    ...(tenant.quota === undefined ? {} : { quota: tenant.quota }),
    podDefaults,
    selfService: tenant.selfService,
    gpuAllowed,
  });
  const ancestors = [...inherited.ancestors, tenant.name];
  tenant.children.forEach((child, index) => {
    flatten(child, [...at, 'children', index], { ancestors, podDefaults, gpuAllowed }, into);
  });
}

/** The forest as a list, parents before children, in the order of the environment. */
export function tenantTree(environment: Environment): readonly TenantNode[] {
  const nodes: TenantNode[] = [];
  environment.tenants.forEach((tenant, index) => {
    const inherited = { ancestors: [], podDefaults: environment.tenancy.podDefaults, gpuAllowed: false };
    flatten(tenant, ['tenants', index], inherited, nodes);
  });
  return nodes;
}
