import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANNOTATIONS } from '../../lib/catalog/annotations.ts';
import type { TenantInput } from '../../lib/model/tenant.ts';
import type { TenantNode } from '../../lib/model/tenant-tree.ts';
import { MAX_EXCEPTIONS, planLimitRanges } from '../../lib/tenancy/hnc-limit-ranges.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { arbitraryTenants } from './arbitrary-tenants.ts';

const treeOf = (tenants: readonly TenantInput[]): readonly TenantNode[] =>
  platformOf(eksInput({ tenants: [...tenants] })).tenants;

/** Owners of the LimitRanges that end up in a namespace, as HNC 1.1.0 copies them (internal/selectors). */
function arriving(tree: readonly TenantNode[], tenant: TenantNode): readonly TenantNode[] {
  const line = [...tenant.ancestors, tenant.name];
  return planLimitRanges(tree).flatMap(({ tenant: source, annotations = {} }) => {
    if (source.name === tenant.name) return [source];
    if (!tenant.ancestors.includes(source.name) || annotations[ANNOTATIONS.hncPropagateNone] === 'true') return [];
    const exceptions = (annotations[ANNOTATIONS.hncPropagateTree] ?? '').split(',').filter(Boolean);
    return exceptions.some((exception) => line.includes(exception.slice(1))) ? [] : [source];
  });
}

const small = { limit: { cpu: '2', memory: '1Gi' } };

describe('TEN-2: limit ranges that HNC carries down the tree', () => {
  test('GIVEN any forest THEN each namespace gets exactly one, with the defaults it asks for', () => {
    fc.assert(
      fc.property(arbitraryTenants, (tenants) => {
        const tree = treeOf(tenants);
        for (const tenant of tree) {
          expect(arriving(tree, tenant).map(({ podDefaults }) => podDefaults)).toEqual([tenant.podDefaults]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('GIVEN a tree of one mind THEN there is one for all of it', () => {
    const tree = treeOf([{ name: 'a', children: [{ name: 'b' }, { name: 'c', podDefaults: {} }] }]);
    expect(planLimitRanges(tree)).toEqual([{ tenant: tree[0] }]);
  });

  test('GIVEN one child that differs THEN that of the root stays out of its subtree', () => {
    const tree = treeOf([{ name: 'a', children: [{ name: 'b', podDefaults: small, children: [{ name: 'c' }] }] }]);
    expect(planLimitRanges(tree)).toEqual([
      { tenant: tree[0], annotations: { 'propagate.hnc.x-k8s.io/treeSelect': '!b' } },
      { tenant: tree[1] },
    ]);
  });

  test('GIVEN more exceptions than one object may list THEN each child gets its own', () => {
    const children = Array.from({ length: MAX_EXCEPTIONS + 2 }, (_, index): TenantInput => {
      return index === 0 ? { name: 'c0' } : { name: `c${index}`, podDefaults: small };
    });
    const tree = treeOf([{ name: 'a', children }]);
    const plans = planLimitRanges(tree);
    expect(plans[0]?.annotations).toEqual({ 'propagate.hnc.x-k8s.io/none': 'true' });
    expect(plans).toHaveLength(tree.length);
    const first = tree.find(({ name }) => name === 'c0');
    expect(first && arriving(tree, first)).toEqual([first]);
  });
});
