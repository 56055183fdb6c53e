import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TenantInput } from '../../lib/model/tenant.ts';
import { tenantLabels, withheldLabels } from '../../lib/model/tenant-labels.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { arbitraryTenants } from '../tenancy/arbitrary-tenants.ts';

const TIER = 'atelier.dev/tier';
const GPU = 'atelier.dev/gpu';

function labels(tenants: readonly TenantInput[], kind: 'hnc' | 'plain' = 'hnc') {
  const { environment, tenants: tree } = platformOf(
    eksInput({ tenants: [...tenants], tenancy: { backend: { kind } } }),
  );
  return tenantLabels(environment, tree);
}
const byName = (all: ReturnType<typeof labels>) => Object.fromEntries(all.map((each) => [each.tenant.name, each]));

/** What HNC 1.1.0 writes: from the namespace up to the root, each ancestor over what is below (syncLabels). */
function writtenByHnc(all: ReturnType<typeof labels>, name: string): Record<string, string> {
  const { tenant } = all.find((each) => each.tenant.name === name) ?? {};
  const line = tenant ? [...tenant.ancestors, tenant.name].reverse() : [];
  return Object.assign({}, ...line.map((each) => byName(all)[each]?.managed ?? {}));
}

describe('TEN-2: labels that HNC carries into namespaces that owners make', () => {
  test('GIVEN nobody may make namespaces THEN HNC is told nothing, and each tenant has what it asks for', () => {
    const all = labels([{ name: 'a', tier: 'course', quota: { gpus: 1 }, children: [{ name: 'b', quota: {} }] }]);
    expect(all.map(({ managed }) => managed)).toEqual([{}, {}]);
    expect(all.map(({ actual }) => [actual[TIER], actual[GPU]])).toEqual([
      ['course', 'allowed'],
      ['tenant', 'denied'],
    ]);
  });

  test('GIVEN a subtree that wants one value THEN it is told once, at its top', () => {
    const all = byName(
      labels([{ name: 'a', quota: { gpus: 1 }, selfService: true, children: [{ name: 'b' }, { name: 'c' }] }]),
    );
    expect(all.a?.managed).toMatchObject({ [TIER]: 'tenant', [GPU]: 'allowed' });
    expect(all.b?.managed).toEqual({});
    expect(all.b?.actual).toEqual(all.a?.actual);
  });

  test('GIVEN a folder whose children differ THEN the children are told, and the folder has no label of the kind', () => {
    const all = byName(
      labels([
        {
          name: 'a',
          kind: 'folder',
          children: [
            { name: 'b', tier: 'course' },
            { name: 'c', selfService: true },
          ],
        },
      ]),
    );
    expect(all.a?.actual).not.toHaveProperty([TIER]);
    expect(all.b?.managed).toMatchObject({ [TIER]: 'course' });
    expect(all.c?.managed).toMatchObject({ [TIER]: 'tenant' });
  });

  test('GIVEN owners may make namespaces above a tenant that differs THEN all get the lesser right, and it is reported', () => {
    const all = labels([
      { name: 'a', selfService: true, quota: { gpus: 2 }, children: [{ name: 'b', tier: 'course', quota: {} }] },
    ]);
    expect(byName(all).a?.actual).toMatchObject({ [TIER]: 'tenant', [GPU]: 'denied' });
    const withheld = withheldLabels(all).map(({ tenant, key, wanted, actual }) => [tenant.name, key, wanted, actual]);
    expect(withheld).toEqual([
      ['a', GPU, 'allowed', 'denied'],
      ['b', TIER, 'course', 'tenant'],
    ]);
  });

  test('GIVEN any forest THEN HNC writes just what the namespaces carry, and where pods may run nothing is left open', () => {
    fc.assert(
      fc.property(arbitraryTenants, (tenants) => {
        const all = labels(tenants);
        const managed = all.some(({ tenant }) => tenant.selfService);
        for (const { tenant, wanted, actual } of all) {
          if (managed) expect(writtenByHnc(all, tenant.name)).toEqual(actual);
          if (tenant.kind === 'workspace' || tenant.selfService) {
            expect(Object.keys(actual).sort()).toEqual(Object.keys(wanted).sort());
          }
          // Never more than was asked for.
          if (wanted[GPU] === 'denied') expect(actual[GPU]).not.toBe('allowed');
          if (wanted[TIER] === 'tenant') expect(actual[TIER]).not.toBe('course');
        }
      }),
      { numRuns: 60 },
    );
  });
});
