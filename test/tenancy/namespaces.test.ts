import { describe, expect, test } from 'vitest';
import { eksInput } from '../fixtures/environment.ts';
import { all, find, synthesizeTenancy, tenantsInput } from './synthesize-tenancy.ts';

const labelsOf = (input: Parameters<typeof synthesizeTenancy>[0], name: string) =>
  find(synthesizeTenancy(input), 'Namespace', name).metadata.labels as Record<string, string>;

describe('TEN-6: namespaces of the platform', () => {
  test('GIVEN the environment THEN each carries tier, GPU access, Pod Security and what it is for', () => {
    const namespace = find(synthesizeTenancy(eksInput()), 'Namespace', 'workbench-sessions');
    expect(namespace.metadata).toEqual({
      name: 'workbench-sessions',
      annotations: { 'atelier.dev/purpose': 'Sessions of Posit Workbench.' },
      labels: {
        'atelier.dev/tier': 'session',
        'atelier.dev/gpu': 'allowed',
        'pod-security.kubernetes.io/enforce': 'baseline',
        'pod-security.kubernetes.io/enforce-version': 'v1.36',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': 'v1.36',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': 'v1.36',
      },
    });
  });

  test('GIVEN a cluster of another version THEN Pod Security is pinned to it', () => {
    const labels = labelsOf(eksInput({ kubernetesVersion: '1.35' }), 'kyverno');
    expect(labels['pod-security.kubernetes.io/enforce-version']).toBe('v1.35');
  });

  test('GIVEN namespaces that come with the cluster THEN they are not made', () => {
    const names = all(synthesizeTenancy(eksInput()), 'Namespace').map(({ metadata }) => metadata.name);
    expect(names).toContain('kyverno');
    expect(names).not.toContain('kube-system');
  });

  test('GIVEN a namespace where pods of people run THEN its default account has no token, and may pull', () => {
    const input = eksInput({ registry: { kind: 'ecr', host: 'registry.example.org', pullSecret: 'registry' } });
    const accounts = all(synthesizeTenancy(input), 'ServiceAccount').filter(
      ({ metadata }) => metadata.name === 'default',
    );
    const namespaces = accounts.map(({ metadata }) => metadata.namespace);
    expect(namespaces).toEqual(['workbench-sessions', 'research', 'vision', 'teaching']);
    for (const account of accounts) {
      expect(account.automountServiceAccountToken).toBe(false);
      expect(account.imagePullSecrets).toEqual([{ name: 'registry' }]);
    }
  });
});

describe('TEN-1, TEN-6: namespaces of tenants', () => {
  test('GIVEN a tenant THEN its namespace names it and every tenant above it', () => {
    const labels = labelsOf(tenantsInput(undefined), 'vision');
    expect(labels).toMatchObject({
      'atelier.dev/tenant': 'vision',
      'tree.atelier.dev/research': '',
      'tree.atelier.dev/vision': '',
    });
    expect(labels).not.toHaveProperty('tree.atelier.dev/teaching');
  });

  test('GIVEN the level of tenants is baseline THEN restricted is warned about', () => {
    const labels = labelsOf(tenantsInput(undefined, { backend: { kind: 'plain' }, podSecurity: 'baseline' }), 'vision');
    expect(labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
  });

  test('GIVEN plain namespaces THEN a folder has none', () => {
    const manifests = synthesizeTenancy(tenantsInput(undefined, { backend: { kind: 'plain' } }));
    const names = all(manifests, 'Namespace').map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(['vision', 'teaching']));
    expect(names).not.toContain('research');
  });
});
