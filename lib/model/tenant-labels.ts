import { GPU_ACCESS_ALLOWED, GPU_ACCESS_DENIED, LABELS } from '../catalog/labels.ts';
import type { Environment } from './environment.ts';
import { podSecurityLabels } from './pod-security.ts';
import type { TenantNode } from './tenant-tree.ts';

type Labels = Readonly<Record<string, string>>;

/** The labels that decide what a tenant's namespace may do. */
export interface TenantLabels {
  readonly tenant: TenantNode;
  /** What the environment asks for. */
  readonly wanted: Labels;
  /** What the namespace carries. The same, save where HNC cannot do it. */
  readonly actual: Labels;
  /** What HNC is told to put on the namespace and on everything below it, namespaces of self-service included. */
  readonly managed: Labels;
}

/** What a label says where it must be one thing for a whole subtree and the subtree wants several: the lesser right. */
const LESSER_RIGHT: Labels = { [LABELS.gpuAccess]: GPU_ACCESS_DENIED, [LABELS.tier]: 'tenant' };

function wantedLabels(environment: Environment, tenant: TenantNode): Labels {
  return {
    [LABELS.tier]: tenant.tier,
    [LABELS.gpuAccess]: tenant.gpuAllowed ? GPU_ACCESS_ALLOWED : GPU_ACCESS_DENIED,
    ...podSecurityLabels(environment.tenancy.podSecurity, environment.kubernetesVersion),
  };
}

/**
 * Whether HNC writes these labels. Only where somebody can make namespaces, which nobody else could label: HNC takes a
 * label that it manages off every namespace it looks after and was told nothing about, so it manages no more than needed.
 */
export function hncManagesLabels(environment: Environment, tenants: readonly TenantNode[]): boolean {
  return environment.tenancy.backend.kind === 'hnc' && tenants.some((tenant) => tenant.selfService);
}

/** By tenant and key, whether everything below the tenant wants the value that it wants. Children come after parents. */
function uniformKeys(
  tenants: readonly TenantNode[],
  wanted: ReadonlyMap<string, Labels>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const uniform = new Map<string, ReadonlySet<string>>();
  for (const tenant of [...tenants].reverse()) {
    const own = wanted.get(tenant.name) ?? {};
    const keys = Object.keys(own).filter((key) =>
      tenant.children.every((child) => uniform.get(child)?.has(key) && wanted.get(child)?.[key] === own[key]),
    );
    uniform.set(tenant.name, new Set(keys));
  }
  return uniform;
}

/**
 * The labels of every tenant's namespace, in the order of the tree.
 *
 * HNC gives a label to a namespace and all below it, and an ancestor's value wins (HNC 1.1.0 internal/hierarchyconfig,
 * syncLabels). So each label is told at the top of every subtree that wants one value. Where a namespace with workloads,
 * or one whose owners may make more, wants another value than something below it, all of them get the lesser right;
 * `wanted` and `actual` differ there. A folder needs no label of its own.
 */
export function tenantLabels(environment: Environment, tenants: readonly TenantNode[]): readonly TenantLabels[] {
  const wanted = new Map(tenants.map((tenant) => [tenant.name, wantedLabels(environment, tenant)]));
  const wantedBy = ({ name }: TenantNode): Labels => wanted.get(name) ?? {};
  if (!hncManagesLabels(environment, tenants)) {
    return tenants.map((tenant) => ({ tenant, wanted: wantedBy(tenant), actual: wantedBy(tenant), managed: {} }));
  }
  const uniform = uniformKeys(tenants, wanted);
  const told = new Map<string, Labels>();
  return tenants.map((tenant) => {
    const inherited = told.get(tenant.parent ?? '') ?? {};
    const managed: Record<string, string> = {};
    for (const [key, value] of Object.entries(wantedBy(tenant))) {
      if (key in inherited) continue;
      if (uniform.get(tenant.name)?.has(key)) managed[key] = value;
      else if (tenant.kind === 'workspace' || tenant.selfService) managed[key] = LESSER_RIGHT[key] ?? value;
    }
    const actual = { ...inherited, ...managed };
    told.set(tenant.name, actual);
    return { tenant, wanted: wantedBy(tenant), actual, managed };
  });
}

/**
 * Tenants that are given less than the environment asks for, because HNC labels whole subtrees. `key` is the label.
 * The remedy: put what differs beside the tenant, under a folder, instead of below it.
 */
export function withheldLabels(
  labels: readonly TenantLabels[],
): readonly { readonly tenant: TenantNode; readonly key: string; readonly wanted: string; readonly actual: string }[] {
  return labels.flatMap(({ tenant, wanted, actual }) =>
    Object.entries(wanted).flatMap(([key, value]) => {
      const given = actual[key];
      return given === undefined || given === value ? [] : [{ tenant, key, wanted: value, actual: given }];
    }),
  );
}
