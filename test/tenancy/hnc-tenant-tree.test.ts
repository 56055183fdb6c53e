import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryTenants } from './arbitrary-tenants.ts';
import { all, find, synthesizeTenancy, tenantsInput } from './synthesize-tenancy.ts';

const fixture = synthesizeTenancy(tenantsInput(undefined));
const PROPAGATED = ['RoleBinding', 'LimitRange', 'NetworkPolicy'];

describe('TEN-1, TEN-2: the tenant tree in terms of HNC', () => {
  test('GIVEN a child THEN its hierarchy names the parent and the labels of its subtree', () => {
    expect(find(fixture, 'HierarchyConfiguration', 'hierarchy', 'teaching').spec).toEqual({
      parent: 'research',
      labels: [
        { key: 'atelier.dev/gpu', value: 'denied' },
        { key: 'atelier.dev/tier', value: 'course' },
      ],
    });
  });

  test('GIVEN a root and no self-service THEN nothing is said about its place', () => {
    const manifests = synthesizeTenancy(tenantsInput([{ name: 'lab' }]));
    expect(all(manifests, 'HierarchyConfiguration')).toEqual([]);
  });

  test('GIVEN a quota THEN it limits the subtree, and every device is listed', () => {
    expect(find(fixture, 'HierarchicalResourceQuota', 'quota', 'teaching').spec).toEqual({
      hard: { pods: '20', 'requests.cpu': '8', 'requests.memory': '32Gi', 'requests.nvidia.com/gpu': '0' },
    });
  });

  test('GIVEN self-service THEN the number of namespaces is limited too', () => {
    const { spec } = find(fixture, 'HierarchicalResourceQuota', 'self-service', 'vision');
    expect(spec).toEqual({ hard: { 'count/subnamespaceanchors.hnc.x-k8s.io': '20' } });
    expect(all(fixture, 'HierarchicalResourceQuota', 'teaching')).toHaveLength(1);
  });

  test('GIVEN a folder THEN no pod runs in it', () => {
    expect(find(fixture, 'ResourceQuota', 'no-workloads', 'research').spec).toEqual({ hard: { pods: '0' } });
    expect(all(fixture, 'ResourceQuota').map(({ metadata }) => metadata.namespace)).toEqual(['research']);
  });

  test('GIVEN a workspace that no quota covers THEN its GPUs are 0, because unlisted means unlimited', () => {
    const tenants = [{ name: 'lab', children: [{ name: 'lab-a', quota: { gpus: 1 } }] }];
    const manifests = synthesizeTenancy(tenantsInput(tenants));
    expect(find(manifests, 'ResourceQuota', 'no-gpus', 'lab').spec).toEqual({
      hard: { 'requests.nvidia.com/gpu': '0' },
    });
    expect(all(manifests, 'ResourceQuota', 'lab-a')).toEqual([]);
  });

  test('GIVEN people THEN they are bound where they are named, and HNC carries it down', () => {
    const bindings = all(fixture, 'RoleBinding').filter(({ metadata }) => metadata.namespace !== 'hnc-system');
    expect(bindings.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'research/research-owners',
      'vision/vision-owners',
      'vision/vision-members',
      'vision/vision-self-service',
      'teaching/teaching-members',
    ]);
    expect(find(fixture, 'RoleBinding', 'vision-members', 'vision').subjects).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'vision' },
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'alice@example.org' },
    ]);
  });

  test('GIVEN self-service in a tree THEN its policies know the label that HNC alone writes', () => {
    const { spec } = find(fixture, 'NetworkPolicy', 'research-traffic', 'research');
    expect(spec).toMatchObject({
      ingress: [
        {
          from: [
            { namespaceSelector: { matchExpressions: [{ key: 'tree.atelier.dev/research', operator: 'Exists' }] } },
            {
              namespaceSelector: {
                matchExpressions: [{ key: 'research.tree.hnc.x-k8s.io/depth', operator: 'Exists' }],
              },
            },
          ],
        },
      ],
    });
  });

  test('GIVEN any forest THEN nothing that is copied has the name of something below it, and every name fits', () => {
    fc.assert(
      fc.property(arbitraryTenants, (tenants) => {
        const manifests = synthesizeTenancy(tenantsInput(tenants));
        const seen = new Set<string>();
        for (const { kind, metadata } of manifests) {
          expect(metadata.name.length).toBeLessThanOrEqual(63);
          if (!PROPAGATED.includes(kind)) continue;
          // HNC overwrites an object below that has the same name.
          expect(seen).not.toContain(`${kind} ${metadata.name}`);
          seen.add(`${kind} ${metadata.name}`);
        }
        expect(JSON.stringify(manifests)).not.toMatch(/undefined|NaN|\[object/);
      }),
      { numRuns: 25 },
    );
  });

  test.each(['hnc', 'plain'] as const)('GIVEN many tenants on %s THEN each costs at most eight objects', (kind) => {
    const size = (count: number): number => {
      const children = Array.from({ length: count }, (_, index) => ({
        name: `t${index}`,
        owners: { groups: ['o'] },
        members: { groups: ['m'] },
        quota: { gpus: 1 },
        selfService: kind === 'hnc',
      }));
      const tenants = [{ name: 'top', kind: 'folder' as const, quota: { gpus: 1000 }, children }];
      return synthesizeTenancy(tenantsInput(tenants, { backend: { kind } })).length;
    };
    expect((size(300) - size(100)) / 200).toBeLessThanOrEqual(8);
  });
});
