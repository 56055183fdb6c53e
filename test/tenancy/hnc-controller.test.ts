import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { managedLabelPatterns } from '../../lib/tenancy/hnc-arguments.ts';
import { HNC_KINDS } from '../../lib/tenancy/hnc-schemas.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { all, find, synthesizeTenancy, tenantsInput } from './synthesize-tenancy.ts';

interface Webhook {
  readonly name: string;
  readonly failurePolicy: string;
  readonly namespaceSelector?: { readonly matchExpressions?: readonly { readonly values: readonly string[] }[] };
  readonly rules: readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[] }[];
}
interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

const fixture = synthesizeTenancy(tenantsInput(undefined));
const webhooksOf = (manifests: readonly Manifest[]): readonly Webhook[] =>
  (
    find(manifests, 'ValidatingWebhookConfiguration', 'hnc-validating-webhook-configuration') as unknown as {
      readonly webhooks: readonly Webhook[];
    }
  ).webhooks;
const webhook = (name: string): Webhook | undefined => webhooksOf(fixture).find((each) => each.name === name);
const podSpec = (manifests: readonly Manifest[]) =>
  (
    find(manifests, 'Deployment', 'hnc-manager', 'hnc-system') as unknown as {
      readonly spec: {
        readonly template: {
          readonly spec: {
            readonly containers: readonly { readonly args: readonly string[]; readonly image: string }[];
          };
        };
      };
    }
  ).spec.template.spec;
const argsOf = (manifests: readonly Manifest[]): readonly string[] => podSpec(manifests).containers[0]?.args ?? [];

describe('TEN-2: the manager of HNC', () => {
  test('GIVEN an image of one’s own THEN it runs that', () => {
    const image = 'registry.example.org/hnc@sha256:0123';
    const manifests = synthesizeTenancy(tenantsInput(undefined, { backend: { kind: 'hnc', image } }));
    expect(podSpec(manifests).containers[0]?.image).toBe(image);
  });

  test('GIVEN system nodes THEN it runs there, under the class of the platform', () => {
    expect(podSpec(fixture)).toMatchObject({
      priorityClassName: 'atelier-infrastructure',
      nodeSelector: { 'atelier.dev/node-pool': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }],
    });
  });

  test('THEN every namespace of the platform and of Kubernetes is left alone, and no tenant', () => {
    const excluded = argsOf(fixture).filter((arg) => arg.startsWith('--excluded-namespace='));
    const names = excluded.map((arg) => arg.replace('--excluded-namespace=', ''));
    expect(names).toEqual(expect.arrayContaining(['kube-system', 'default', 'workbench-sessions', 'hnc-system']));
    for (const tenant of ['research', 'vision', 'teaching']) expect(names).not.toContain(tenant);
  });

  test('GIVEN other software and GitOps THEN their namespaces are left alone too', () => {
    const input = eksInput({
      tenancy: { backend: { kind: 'hnc', excludedNamespaces: ['ingress'] } },
      gitOps: { tool: 'flux', repository: 'https://git.example.org/platform.git' },
    });
    expect(argsOf(synthesizeTenancy(input))).toEqual(
      expect.arrayContaining(['--excluded-namespace=ingress', '--excluded-namespace=flux-system']),
    );
  });

  test('GIVEN nobody may make namespaces THEN no label is managed, so none is taken off anywhere', () => {
    expect(argsOf(synthesizeTenancy(tenantsInput([{ name: 'lab' }]))).join(' ')).not.toContain('managed-namespace');
  });

  test('GIVEN self-service THEN the managed patterns are just the labels we tell it', () => {
    const told = all(fixture, 'HierarchyConfiguration').flatMap(
      ({ spec }) => (spec as { labels?: readonly { key: string }[] }).labels ?? [],
    );
    const patterns = managedLabelPatterns(platformOf(eksInput())).map((pattern) => new RegExp(`^${pattern}$`));
    expect(told.length).toBeGreaterThan(0);
    for (const { key } of told) expect(patterns.some((pattern) => pattern.test(key))).toBe(true);
    for (const key of ['tree.atelier.dev/a', 'atelier.dev/tenant', 'atelierXdev/tier', 'app.kubernetes.io/name']) {
      expect(patterns.some((pattern) => pattern.test(key))).toBe(false);
    }
  });

  test('THEN its webhook for objects is asked about the kinds it copies and no others', () => {
    const copied = (find(fixture, 'HNCConfiguration', 'config').spec as { resources: readonly { resource: string }[] })
      .resources;
    const asked = webhook('objects.hnc.x-k8s.io')?.rules.flatMap(({ resources }) => resources);
    expect(asked?.toSorted()).toEqual([...copied.map(({ resource }) => resource), 'rolebindings', 'roles'].sort());
  });

  test('THEN namespaces that it leaves alone can be written while it is away', () => {
    const spared = webhook('namespaces.hnc.x-k8s.io')?.namespaceSelector?.matchExpressions?.[0]?.values;
    expect(spared).toEqual(expect.arrayContaining(['kube-system', 'hnc-system', 'workbench']));
    expect(webhook('namespaces.hnc.x-k8s.io')?.failurePolicy).toBe('Fail');
    expect(webhook('resourcesquotasstatus.hnc.x-k8s.io')?.failurePolicy).toBe('Ignore');
  });

  test('THEN it cannot make itself an administrator', () => {
    const { rules } = find(fixture, 'ClusterRole', 'atelier:hnc-manager') as unknown as { rules: readonly Rule[] };
    for (const { apiGroups, resources, resourceNames, verbs } of rules) {
      expect(verbs).not.toContain('*');
      expect(verbs).not.toContain('escalate');
      expect(resources).not.toContain('secrets');
      if (resources.includes('*')) expect(apiGroups).toEqual(['hnc.x-k8s.io']);
      if (verbs.includes('bind')) {
        expect(resourceNames).toEqual(['atelier:tenant-owner', 'atelier:tenant-member', 'atelier:tenant-self-service']);
      }
      if (apiGroups.includes('admissionregistration.k8s.io') && verbs.includes('update')) {
        expect(resourceNames).toHaveLength(1);
      }
    }
  });

  test('GIVEN plain namespaces THEN there is nothing of HNC', () => {
    const manifests = synthesizeTenancy(tenantsInput(undefined, { backend: { kind: 'plain' } }));
    expect(JSON.stringify(manifests.filter(({ kind }) => kind !== 'ClusterRole'))).not.toContain('hnc');
  });
});

/** Fields of `value` that the schema does not have: `spec.parrent`. */
function unknownFields(schema: unknown, value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { properties, items, additionalProperties } = (schema ?? {}) as Record<string, Record<string, unknown>>;
  if (Array.isArray(value)) return value.flatMap((each) => unknownFields(items, each, path));
  return Object.entries(value).flatMap(([key, child]) => {
    const known = properties?.[key] ?? additionalProperties;
    return known === undefined ? [`${path}.${key}`] : unknownFields(known, child, `${path}.${key}`);
  });
}

describe('TEN-2: the kinds of HNC', () => {
  test('THEN everything we write of them is in their schema', () => {
    for (const { kind, spec } of HNC_KINDS) {
      const written = all(fixture, kind);
      if (kind !== 'SubnamespaceAnchor') expect(written.length).toBeGreaterThan(0);
      expect(written.flatMap((each) => unknownFields(spec, each.spec, kind))).toEqual([]);
    }
  });

  test('THEN none has a status subresource, because the manager writes a status with the object', () => {
    const crds = all(fixture, 'CustomResourceDefinition');
    expect(crds).toHaveLength(4);
    for (const { spec } of crds) {
      const { versions } = spec as { versions: readonly object[] };
      expect(versions).toHaveLength(1);
      expect(versions[0]).not.toHaveProperty('subresources');
    }
  });
});
