import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TenantInput } from '../../lib/model/tenant.ts';
import { tenancyBackend } from '../../lib/tenancy/backend.ts';
import { plainQuota } from '../../lib/tenancy/plain-quota.ts';
import { platformOf } from '../fixtures/environment.ts';
import { arbitraryTenants } from './arbitrary-tenants.ts';
import { all, find, synthesizeTenancy, tenantsInput } from './synthesize-tenancy.ts';

const plain = { backend: { kind: 'plain' } } as const;
const quotaOf = (tenants: readonly TenantInput[], namespace: string) =>
  find(synthesizeTenancy(tenantsInput(tenants, plain)), 'ResourceQuota', 'quota', namespace).spec;

describe('TEN-1, TEN-2: the tenant tree as plain namespaces', () => {
  test('GIVEN a workspace THEN it has all of its own: quota, defaults, policies, people', () => {
    const manifests = synthesizeTenancy(tenantsInput(undefined, plain));
    const kinds = ['ResourceQuota', 'LimitRange', 'RoleBinding', 'NetworkPolicy'];
    expect(kinds.map((kind) => all(manifests, kind, 'vision').length)).toEqual([1, 1, 2, 2]);
    expect(all(manifests, 'ResourceQuota', 'research')).toEqual([]);
  });

  test('GIVEN owners of a folder THEN they own every namespace below it, each person once', () => {
    const owners = { groups: ['leads'], users: ['ann'] };
    const tenants: TenantInput[] = [
      {
        name: 'a',
        kind: 'folder',
        owners,
        children: [{ name: 'b', owners: { groups: ['team', 'leads'] }, members: { users: ['ben'] } }],
      },
    ];
    const manifests = synthesizeTenancy(tenantsInput(tenants, plain));
    expect(find(manifests, 'RoleBinding', 'b-owners', 'b').subjects).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'team' },
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'leads' },
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'ann' },
    ]);
    expect(find(manifests, 'RoleBinding', 'b-members', 'b').subjects).toHaveLength(1);
  });

  test('GIVEN a workspace with children THEN it keeps what their shares leave', () => {
    const tenants: TenantInput[] = [
      {
        name: 'a',
        quota: { cpu: 8, memory: '16Gi', pods: 10, gpus: 3 },
        children: [
          { name: 'b', quota: { cpu: 3, memory: '4Gi', pods: 4, gpus: 2 } },
          { name: 'c', quota: { cpu: 1, memory: '4Gi', pods: 2 } },
        ],
      },
    ];
    expect(quotaOf(tenants, 'a')).toEqual({
      hard: { 'requests.cpu': '4', 'requests.memory': '8Gi', pods: '4', 'requests.nvidia.com/gpu': '1' },
    });
  });

  test('GIVEN no quota THEN no GPU is promised', () => {
    expect(quotaOf([{ name: 'a' }], 'a')).toEqual({ hard: { 'requests.nvidia.com/gpu': '0' } });
  });

  test('GIVEN shares that fit THEN the parts add up to the whole, and never to more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), fc.array(fc.nat(30), { maxLength: 4 }), (limit, shares) => {
        const children = shares.map((pods, index) => ({ name: `c${index}`, quota: { pods, gpus: pods } }));
        const { tenants } = platformOf(
          tenantsInput([{ name: 'a', quota: { pods: limit, gpus: limit }, children }], plain),
        );
        const [parent, ...below] = tenants;
        if (!parent) return;
        const sum = shares.reduce((total, share) => total + share, 0);
        const own = plainQuota(parent, below);
        expect(own.pods).toBe(Math.max(0, limit - sum));
        expect(own.gpus).toEqual({ gpu: Math.max(0, limit - sum) });
      }),
    );
  });

  test('GIVEN any forest THEN every workspace is closed, limited and named within bounds', () => {
    fc.assert(
      fc.property(arbitraryTenants, (tenants) => {
        const input = tenantsInput(tenants, plain);
        const manifests = synthesizeTenancy(input);
        for (const { name } of platformOf(input).tenants.filter(({ kind }) => kind === 'workspace')) {
          expect(all(manifests, 'NetworkPolicy', name)).toHaveLength(2);
          expect(all(manifests, 'LimitRange', name)).toHaveLength(1);
          expect(all(manifests, 'ResourceQuota', name)).toHaveLength(1);
        }
        for (const { metadata } of manifests) expect(metadata.name.length).toBeLessThanOrEqual(63);
        expect(JSON.stringify(manifests)).not.toMatch(/undefined|NaN|\[object/);
      }),
      { numRuns: 25 },
    );
  });
});

describe('TEN-2: what a backend does not enforce', () => {
  const unenforced = (input: Parameters<typeof platformOf>[0]): string => {
    const platform = platformOf(input);
    return tenancyBackend(platform).unenforced(platform).join('\n');
  };

  test('GIVEN HNC THEN it says that quotas fail open and are not in a dry run', () => {
    const text = unenforced(tenantsInput([{ name: 'a' }]));
    expect(text).toContain('fail-open');
    expect(text).toContain('dry run');
    expect(text).not.toContain('made by owners');
    expect(unenforced(tenantsInput([{ name: 'a', selfService: true }]))).toContain('made by owners');
  });

  test('GIVEN plain namespaces THEN it says what is not shared, and what the environment asked for in vain', () => {
    expect(unenforced(tenantsInput([{ name: 'a' }], plain))).toContain('do not share');
    expect(unenforced(tenantsInput([{ name: 'a' }], plain))).not.toContain('self-service');
    expect(unenforced(tenantsInput([{ name: 'a', selfService: true }], plain))).toContain('self-service');
  });
});
