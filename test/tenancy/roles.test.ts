import { describe, expect, test } from 'vitest';
import { memberRules, ownerRules, selfServiceRules } from '../../lib/tenancy/tenant-rules.ts';
import { all, find, synthesizeTenancy, tenantsInput } from './synthesize-tenancy.ts';

const everything = [...memberRules(), ...ownerRules(), ...selfServiceRules()];
const WRITING = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** Verbs of all rules over a resource, without resource names. */
function verbsOn(rules: typeof everything, resource: string): readonly string[] {
  return rules.filter(({ resources }) => resources?.includes(resource)).flatMap(({ verbs }) => verbs);
}

describe('TEN-4: what tenants may do', () => {
  test('THEN nothing is granted by wildcard, and no right that lifts other rights', () => {
    for (const { verbs, resources, apiGroups } of everything) {
      expect([...verbs, ...(resources ?? []), ...(apiGroups ?? [])]).not.toContain('*');
      expect(verbs).not.toContain('escalate');
      expect(verbs).not.toContain('impersonate');
    }
  });

  test('THEN "bind" is for the member role alone', () => {
    const binds = everything.filter(({ verbs }) => verbs.includes('bind'));
    expect(binds).toEqual([
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        resources: ['clusterroles'],
        resourceNames: ['atelier:tenant-member'],
        verbs: ['bind'],
      },
    ]);
  });

  test.each([
    'resourcequotas',
    'limitranges',
    'hierarchicalresourcequotas',
    'hierarchyconfigurations',
    'networkpolicies',
    'namespaces',
    'roles',
    'serviceaccounts',
  ])('THEN %s can be seen and not written', (resource) => {
    const verbs = verbsOn(everything, resource);
    expect(verbs).toContain('get');
    expect(verbs.filter((verb) => WRITING.includes(verb))).toEqual([]);
  });

  test.each(['pods/binding', 'pods/ephemeralcontainers', 'pods/resize', 'pods/eviction', 'serviceaccounts/token'])(
    'THEN %s is out of reach',
    (resource) => expect(verbsOn(everything, resource)).toEqual([]),
  );

  test('THEN only owners write role bindings, and only self-service makes namespaces', () => {
    expect(verbsOn(memberRules(), 'rolebindings')).not.toContain('create');
    expect(verbsOn(ownerRules(), 'rolebindings')).toEqual(expect.arrayContaining(['create', 'delete']));
    expect(verbsOn(ownerRules(), 'subnamespaceanchors')).not.toContain('create');
    expect(selfServiceRules()[0]?.verbs).toEqual(['get', 'list', 'watch', 'create', 'delete']);
  });

  test('GIVEN self-service of one tenant THEN its owners are bound to it there, and nobody elsewhere', () => {
    const manifests = synthesizeTenancy(tenantsInput(undefined));
    const bindings = all(manifests, 'RoleBinding').filter(
      ({ roleRef }) => (roleRef as { name: string }).name === 'atelier:tenant-self-service',
    );
    expect(bindings.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'vision/vision-self-service',
    ]);
    expect(bindings[0]?.subjects).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'vision-leads' },
    ]);
  });

  test('THEN the policy on invitations asks who may bind owners, and fails closed', () => {
    const manifests = synthesizeTenancy(tenantsInput(undefined));
    const { spec } = find(manifests, 'ValidatingAdmissionPolicy', 'tenant-invitations') as unknown as {
      readonly spec: {
        readonly failurePolicy: string;
        readonly matchConditions: readonly { readonly expression: string }[];
      };
    };
    expect(spec.failurePolicy).toBe('Fail');
    const [mayBindMembers, mayNotBindOwners] = spec.matchConditions.map(({ expression }) => expression);
    expect(mayBindMembers).toMatch(/^authorizer.*name\('atelier:tenant-member'\)\.check\('bind'\)\.allowed\(\)$/);
    expect(mayNotBindOwners).toMatch(/^!authorizer.*name\('atelier:tenant-owner'\)\.check\('bind'\)\.allowed\(\)$/);
    expect(find(manifests, 'ValidatingAdmissionPolicyBinding', 'tenant-invitations').spec).toEqual({
      policyName: 'tenant-invitations',
      validationActions: ['Deny'],
    });
  });
});
