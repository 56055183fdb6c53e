import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Manifest } from '../../lib/bundle/bundle.ts';
import { LABELS } from '../../lib/catalog/labels.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { applyEnvironment } from '../../lib/cluster/apply-environment.ts';
import { stopCluster } from '../../lib/cluster/down.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import type { TenantNode } from '../../lib/model/tenant-tree.ts';
import { container, devices, pod } from '../policies/corpus/case.ts';
import { bundleOf, withOutcome } from './environments.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import {
  type Answer,
  create,
  eventually,
  eventuallyRefused,
  list,
  type Person,
  patch,
  read,
  remove,
} from './requests.ts';

/** The environment whose cluster the people use too. */
const STAGING = 'staging';
const HNC = '/apis/hnc.x-k8s.io/v1alpha2';
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const inNamespace = (root: string, namespace: string, resource: string): string =>
  `${root}/namespaces/${namespace}/${resource}`;
const names = (objects: readonly Manifest[]): readonly string[] => objects.map(({ metadata }) => metadata.name).sort();

const labelsOf = (object: Manifest | undefined): Readonly<Record<string, string>> =>
  (object?.metadata.labels ?? {}) as Readonly<Record<string, string>>;

/** A pod with one container that asks for GPUs. */
const gpuPod = (namespace: string, name: string, gpus: number): Manifest =>
  pod(namespace, { containers: [container({ resources: devices({ 'nvidia.com/gpu': String(gpus) }) })] }, { name });

/** What must be in a tenant's namespace: its own, and what is passed on from above. */
function expectedNames({ objects }: Bundle, tenant: TenantNode, kind: string): readonly string[] {
  const places = [...tenant.ancestors, tenant.name];
  return names(
    objects
      .map(({ manifest }) => manifest)
      .filter((each) => each.kind === kind && places.includes(each.metadata.namespace ?? '')),
  );
}

describeWithClusters('tenants on the real HNC (TEN-1, TEN-2, TEN-4, PROVE-5)', () => {
  describe.each(['prod', STAGING])('environment %s', (environment) => {
    let bundle: Bundle;
    let client: ApiClient;
    beforeAll(async () => {
      bundle = await bundleOf(environment);
      await startCluster(environment, silent);
      client = await connectToCluster(environment);
    });
    afterAll(async () => {
      client.close();
      if (environment !== STAGING) await stopCluster(environment, false);
    });

    it('GIVEN its webhooks in force WHEN it is applied THEN HNC accepts every object, and a second time changes none', async () => {
      const first = await applyEnvironment(environment, bundle, silent, ['hnc']);
      expect(withOutcome(first.applied, 'refused', 'unknown', 'checked')).toEqual([]);
      expect(first.running).toEqual(['hnc']);
      const second = await eventually(
        () => applyEnvironment(environment, bundle, silent, ['hnc']),
        ({ applied }) => withOutcome(applied, 'changed').length === 0,
      );
      expect(withOutcome(second.applied, 'created', 'changed', 'refused', 'unknown', 'checked')).toEqual([]);
    });

    it('THEN every namespace stands where the environment says, labelled, and nothing is wrong with it', async () => {
      const namespaces = new Map((await list(client, '/api/v1/namespaces')).map((each) => [each.metadata.name, each]));
      for (const { name, ancestors } of bundle.platform.tenants) {
        const labels = labelsOf(namespaces.get(name));
        const depths = Object.entries(labels).filter(([key]) => key.endsWith('.tree.hnc.x-k8s.io/depth'));
        const places = [...ancestors, name].map((above, index) => [
          `${above}.tree.hnc.x-k8s.io/depth`,
          String(ancestors.length - index),
        ]);
        expect(Object.fromEntries(depths), name).toEqual(Object.fromEntries(places));
        expect(labels[LABELS.hncIncluded], name).toBe('true');
      }
      for (const { metadata, status } of await list(client, `${HNC}/hierarchyconfigurations`)) {
        const { conditions } = status as { readonly conditions?: unknown };
        expect(conditions, metadata.namespace).toBeUndefined();
      }
    });

    it('THEN limits, network policies and people are passed on, and quotas hold what they say', async () => {
      for (const tenant of bundle.platform.tenants) {
        const { name } = tenant;
        const bindings = await list(client, inNamespace(RBAC, name, 'rolebindings'));
        const own = expectedNames(bundle, tenant, 'RoleBinding').filter((each) => !each.endsWith('-self-service'));
        expect(names(bindings), name).toEqual(expect.arrayContaining([...own]));
        const policies = await list(client, inNamespace('/apis/networking.k8s.io/v1', name, 'networkpolicies'));
        expect(names(policies), name).toEqual(expectedNames(bundle, tenant, 'NetworkPolicy'));
        expect(await list(client, inNamespace('/api/v1', name, 'limitranges')), name).toHaveLength(1);
      }
      const quotas = await list(client, `${HNC}/hierarchicalresourcequotas`);
      expect(quotas.length).toBeGreaterThan(0);
      for (const { spec, status } of quotas) {
        const { hard } = status as { readonly hard: unknown };
        expect(hard).toEqual((spec as { readonly hard: unknown }).hard);
      }
    });
  });

  describe('people and quotas', () => {
    const owner: Person = { user: 'owner@example.org', groups: ['vision-leads'] };
    const member: Person = { user: 'member@example.org', groups: ['vision'] };
    let client: ApiClient;
    beforeAll(async () => {
      await startCluster(STAGING, silent);
      await applyEnvironment(STAGING, await bundleOf(STAGING), silent, ['hnc']);
      client = await connectToCluster(STAGING);
    });
    afterAll(() => client.close());

    const binding = (namespace: string, name: string, role: string, user: string): Manifest => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
    });
    const anchor = (namespace: string, name: string, spec = {}): Manifest => ({
      apiVersion: 'hnc.x-k8s.io/v1alpha2',
      kind: 'SubnamespaceAnchor',
      metadata: { name, namespace },
      spec,
    });

    it('GIVEN a quota on a tenant and one on the tenant above WHEN pods ask for GPUs THEN each holds, for all below it together', async () => {
      // research: 6 in all, of which vision may have 2; language has no quota of its own.
      expect((await create(client, gpuPod('vision', 'two', 2))).status).toBe(201);
      const third = await eventuallyRefused(client, gpuPod('vision', 'three', 1));
      expect(third.status).toBe(403);
      expect(third.message).toContain('requests.nvidia.com/gpu');
      expect((await create(client, gpuPod('language', 'four', 4))).status).toBe(201);
      const seventh = await eventuallyRefused(client, gpuPod('language', 'five', 1));
      expect(seventh).toMatchObject({ status: 403, message: expect.stringMatching(/quota/) });
      expect(seventh.message).toContain('requests.nvidia.com/gpu');
      // What ends frees it.
      expect((await remove(client, '/api/v1/namespaces/vision/pods/two?gracePeriodSeconds=0')).status).toBe(200);
      const freed = await eventually(
        () => create(client, gpuPod('language', 'six', 2)),
        ({ status }) => status === 201,
      );
      expect(freed.status, freed.message).toBe(201);
      await remove(client, '/api/v1/namespaces/language/pods/six?gracePeriodSeconds=0');
      await remove(client, '/api/v1/namespaces/language/pods/four?gracePeriodSeconds=0');
    });

    it('GIVEN a tenant WHEN somebody puts the tenant above below it THEN HNC refuses the circle', async () => {
      const path = inNamespace(HNC, 'research', 'hierarchyconfigurations/hierarchy');
      const answer = await patch(client, path, { spec: { parent: 'vision' } });
      expect(answer).toMatchObject({ status: 409, message: expect.stringContaining('illegal parent: cycle') });
    });

    it('GIVEN an owner WHEN he invites a member THEN that works, and nobody becomes more than that', async () => {
      const guest: Person = { user: 'guest@example.org', groups: [] };
      const ask = (): Promise<Answer> => create(client, pod('vision', {}, { name: 'guest' }), guest);
      expect((await ask()).status).toBe(403);
      const invited = await create(client, binding('vision', 'guest', 'atelier:tenant-member', guest.user), owner);
      expect(invited.status, invited.message).toBe(201);
      const allowed = await eventually(ask, ({ status }) => status === 201);
      expect(allowed.status, allowed.message).toBe(201);
      for (const role of ['atelier:tenant-owner', 'admin', 'cluster-admin']) {
        const refused = await create(client, binding('vision', 'more', role, guest.user), owner);
        expect(refused, role).toMatchObject({ status: 403 });
      }
      const invitedByMember = await create(client, binding('vision', 'friend', 'atelier:tenant-member', 'x'), member);
      expect(invitedByMember.status).toBe(403);
    });

    it('GIVEN an owner WHEN he reaches for limits, labels or the tree THEN he is refused', async () => {
      const more = { spec: { hard: { 'requests.nvidia.com/gpu': '100' } } };
      const attempts: Readonly<Record<string, Promise<Answer>>> = {
        'raise the quota': patch(client, inNamespace(HNC, 'vision', 'hierarchicalresourcequotas/quota'), more, owner),
        'raise the copy of the quota': patch(
          client,
          inNamespace('/api/v1', 'vision', 'resourcequotas/hrq.hnc.x-k8s.io'),
          more,
          owner,
        ),
        'remove the quota': remove(client, inNamespace(HNC, 'vision', 'hierarchicalresourcequotas/quota'), owner),
        'remove the limits': remove(
          client,
          inNamespace('/api/v1', 'vision', 'limitranges/research-pod-defaults'),
          owner,
        ),
        'leave the tree': patch(
          client,
          inNamespace(HNC, 'vision', 'hierarchyconfigurations/hierarchy'),
          { spec: { parent: null } },
          owner,
        ),
        'change a label': patch(client, '/api/v1/namespaces/vision', { metadata: { labels: { a: 'b' } } }, owner),
        'make a namespace elsewhere': create(client, anchor('research', 'research-new'), owner),
        'open the network': remove(
          client,
          inNamespace('/apis/networking.k8s.io/v1', 'vision', 'networkpolicies/research-default-deny'),
          owner,
        ),
      };
      for (const [what, attempt] of Object.entries(attempts)) expect((await attempt).status, what).toBe(403);
    });

    it('GIVEN a copy WHEN even an administrator removes it THEN HNC refuses, because its original decides', async () => {
      const path = inNamespace('/apis/networking.k8s.io/v1', 'vision', 'networkpolicies/research-default-deny');
      const answer = await remove(client, path);
      expect(answer).toMatchObject({ status: 403, message: expect.stringContaining('objects.hnc.x-k8s.io') });
    });

    it('GIVEN self-service WHEN an owner makes a namespace THEN it is born with everything, and counts against the quota', async () => {
      expect((await create(client, anchor('vision', 'vision-new'), member)).status).toBe(403);
      const sly = { labels: [{ key: `${LABELS.podSecurityPrefix}enforce`, value: 'privileged' }] };
      expect(await create(client, anchor('vision', 'vision-sly', sly), owner)).toMatchObject({
        status: 403,
        message: expect.stringContaining('protected-labels-hierarchy'),
      });
      // Kubernetes counts a kind only some time after it was defined, and refuses until then.
      const made = await eventually(
        () => create(client, anchor('vision', 'vision-new'), owner),
        ({ message }) => !message.includes('status unknown for quota'),
      );
      expect(made.status, made.message).toBe(201);
      const labels = await eventually(
        async () => labelsOf(await read<Manifest>(client, '/api/v1/namespaces/vision-new')),
        (found) => found[LABELS.tier] !== undefined,
      );
      const parent = labelsOf(await read<Manifest>(client, '/api/v1/namespaces/vision'));
      for (const key of Object.keys(parent).filter((each) => each.startsWith(LABELS.podSecurityPrefix))) {
        expect(labels[key]).toBe(parent[key]);
      }
      expect(labels[LABELS.tier]).toBe('tenant');
      const bindings = await eventually(
        () => list(client, inNamespace(RBAC, 'vision-new', 'rolebindings')),
        (found) => found.length >= 3,
      );
      expect(names(bindings)).toEqual(expect.arrayContaining(['research-owners', 'vision-members', 'vision-owners']));
      const policies = await eventually(
        () => list(client, inNamespace('/apis/networking.k8s.io/v1', 'vision-new', 'networkpolicies')),
        (found) => found.length >= 2,
      );
      expect(policies).toHaveLength(2);
      // Members of the tenant work in it at once, within the quota of the tenant.
      const tooMany = await eventuallyRefused(client, gpuPod('vision-new', 'three', 3), member);
      expect(tooMany, tooMany.message).toMatchObject({ status: 403, message: expect.stringContaining('quota') });
      const fits = await eventually(
        () => create(client, gpuPod('vision-new', 'two', 2), member),
        ({ status }) => status === 201,
      );
      expect(fits.status, fits.message).toBe(201);
    });
  });
});
