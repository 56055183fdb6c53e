import { isDeepStrictEqual } from 'node:util';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import type { TenantNode } from '../model/tenant-tree.ts';

/** A LimitRange that one tenant has of its own, and how far HNC carries it. */
export interface LimitRangePlan {
  readonly tenant: TenantNode;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Longest list of exceptions on one object. The annotations of an object together may have 256 KiB, and a name 63
 * characters; beyond this the children get their own instead.
 */
export const MAX_EXCEPTIONS = 500;

/** The highest tenants below `top` that want other defaults than the tenant above them. */
function nearestChanges(top: TenantNode, byName: ReadonlyMap<string, TenantNode>): readonly string[] {
  const found: string[] = [];
  const visit = (tenant: TenantNode): void => {
    for (const name of tenant.children) {
      const child = byName.get(name);
      if (!child) continue;
      if (!isDeepStrictEqual(child.podDefaults, tenant.podDefaults)) found.push(name);
      else visit(child);
    }
  };
  visit(top);
  return found;
}

/**
 * Which tenants need a LimitRange of their own: roots, and those that want other defaults than the tenant above. Two in
 * one namespace would both apply, in no known order, so each is kept out of the subtrees that have another.
 */
export function planLimitRanges(tenants: readonly TenantNode[]): readonly LimitRangePlan[] {
  const byName = new Map(tenants.map((tenant) => [tenant.name, tenant]));
  const keeps = new Set<string>();
  return tenants.flatMap((tenant) => {
    const parent = byName.get(tenant.parent ?? '');
    if (parent && !keeps.has(parent.name) && isDeepStrictEqual(parent.podDefaults, tenant.podDefaults)) return [];
    const changes = nearestChanges(tenant, byName);
    if (changes.length === 0) return [{ tenant }];
    if (changes.length > MAX_EXCEPTIONS) {
      keeps.add(tenant.name);
      return [{ tenant, annotations: { [ANNOTATIONS.hncPropagateNone]: 'true' } }];
    }
    const exceptions = changes.map((name) => `!${name}`).join(',');
    return [{ tenant, annotations: { [ANNOTATIONS.hncPropagateTree]: exceptions } }];
  });
}
