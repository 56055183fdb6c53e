import fc from 'fast-check';
import type { TenantInput } from '../../lib/model/tenant.ts';

const size = fc.constantFrom(
  { limit: { cpu: '1', memory: '1Gi' } },
  { limit: { cpu: '2', memory: '1Gi' } },
  { request: { cpu: '100m', memory: '128Mi' } },
);

const quota = fc.record(
  {
    cpu: fc.integer({ min: 1, max: 64 }),
    memory: fc.constantFrom('1Gi', '64Gi'),
    pods: fc.integer({ min: 0, max: 50 }),
    gpus: fc.constantFrom<number | Record<string, number>>(0, 2, { gpu: 1, 'mig-1g.5gb': 3 }),
  },
  { requiredKeys: [] },
);

const people = fc.constantFrom<NonNullable<TenantInput['owners']>>(
  {},
  { groups: ['leads'] },
  { users: ['a@example.org', 'b'] },
);

function tenant(children: fc.Arbitrary<TenantInput[]>): fc.Arbitrary<TenantInput> {
  return fc.record(
    {
      name: fc.constantFrom('a', 'x'.repeat(57)),
      kind: fc.constantFrom('folder', 'workspace'),
      tier: fc.constantFrom('tenant', 'course'),
      owners: people,
      members: people,
      quota,
      podDefaults: size,
      selfService: fc.boolean(),
      children,
    },
    { requiredKeys: ['name', 'kind', 'children'] },
  );
}

const level = (below: fc.Arbitrary<TenantInput>): fc.Arbitrary<TenantInput> =>
  tenant(fc.array(below, { maxLength: 3 }));

function numbered(tenants: readonly TenantInput[], prefix: string): TenantInput[] {
  return tenants.map((each, index) => ({
    ...each,
    name: `${prefix}${index}-${each.name}`.slice(0, 63),
    children: numbered(each.children ?? [], `${prefix}${index}`),
  }));
}

/** Forests of up to four levels, every tenant under a name of its own. */
export const arbitraryTenants: fc.Arbitrary<TenantInput[]> = fc
  .array(level(level(level(tenant(fc.constant([]))))), { maxLength: 3 })
  .map((tenants) => numbered(tenants, 't'));
