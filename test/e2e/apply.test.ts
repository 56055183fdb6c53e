import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import { type ApiClient, messageOf } from '../../lib/cluster/api-client.ts';
import { applyBundle } from '../../lib/cluster/apply.ts';
import { applyObject, applyText } from '../../lib/cluster/apply-object.ts';
import { discoverKinds, objectUrl } from '../../lib/cluster/discovery.ts';
import { stopCluster } from '../../lib/cluster/down.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { bundleOf, withOutcome, withWarnings } from './environments.ts';
import { describeWithClusters, silent, withCluster } from './local-cluster.ts';
import { eventually } from './requests.ts';

/** What the server holds of a bundle: the resource version of every object. */
async function resourceVersions(client: ApiClient, bundle: Bundle): Promise<Readonly<Record<string, string>>> {
  const kinds = await discoverKinds(client);
  const versions: Record<string, string> = {};
  for (const { manifest } of bundle.objects) {
    const path = objectUrl(kinds, manifest.apiVersion, manifest.kind, manifest.metadata) ?? '';
    const { body } = await client.send({ method: 'GET', path });
    versions[path] = (body as { metadata: { resourceVersion?: string } }).metadata.resourceVersion ?? 'none';
  }
  return versions;
}

interface Versions {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

/** Paths of objects that were written in between. */
const differing = ({ before, after }: Versions): readonly string[] =>
  Object.keys(after).filter((path) => after[path] !== before[path]);

/** The server writes its own record of a policy's managers once more after it has checked the types; the policy stays. */
const isPolicy = (path: string): boolean => path.includes('/validatingadmissionpolicies/');

/** Until the last controller of a bare control plane has written, on a busy machine. */
const SLOWEST_SECONDS = 40;

/** Claims are bound to their volumes by a controller that looks at them every 15 s. */
async function claimsAreBound(client: ApiClient): Promise<boolean> {
  const { body } = await client.send({ method: 'GET', path: '/api/v1/persistentvolumeclaims' });
  return (body as { items: { status: { phase: string } }[] }).items.every(({ status }) => status.phase === 'Bound');
}

/** Waits until the controllers have written what they have to write. */
async function settled(client: ApiClient, bundle: Bundle): Promise<Readonly<Record<string, string>>> {
  for (let before = await resourceVersions(client, bundle); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const now = await resourceVersions(client, bundle);
    if (JSON.stringify(now) === JSON.stringify(before) && (await claimsAreBound(client))) return now;
    before = now;
  }
}

describeWithClusters('environments on a real control plane (PROVE-5, CLOUD-4)', () => {
  it.each(listEnvironments().map(({ name }) => name))(
    'GIVEN environment %s WHEN it is applied THEN the API server accepts every object, and a second time changes none',
    async (environment) => {
      const bundle = await bundleOf(environment);
      await withCluster(environment, async (client) => {
        const first = await applyBundle(client, bundle, silent);
        expect(first).toHaveLength(bundle.objects.length);
        expect(withOutcome(first, 'refused', 'unknown')).toEqual([]);
        expect(withWarnings(first)).toEqual([]);
        const checked = first.filter(({ outcome }) => outcome.kind === 'checked');
        for (const { object } of checked) expect(object.manifest.kind).toMatch(/WebhookConfiguration$/);

        const again = async (): Promise<Versions> => {
          const before = await settled(client, bundle);
          const applied = await applyBundle(client, bundle, silent);
          expect(withOutcome(applied, 'created', 'changed', 'refused', 'unknown')).toEqual([]);
          return { before, after: await resourceVersions(client, bundle) };
        };
        // A controller that was slow may have written in between, which it does once; apply would do so each time.
        const second = await eventually(again, (versions) => differing(versions).every(isPolicy), SLOWEST_SECONDS);
        expect(differing(second).filter((path) => !isPolicy(path))).toEqual([]);
        const third = await eventually(again, (versions) => differing(versions).length === 0, SLOWEST_SECONDS);
        expect(differing(third)).toEqual([]);
      });
    },
  );

  describe('strictness', () => {
    let client: ApiClient;
    beforeAll(async () => {
      await startCluster('strict', silent);
      client = await connectToCluster('strict');
    });
    afterAll(async () => {
      client.close();
      await stopCluster('strict', false);
    });

    it('GIVEN a misspelt field or a key given twice WHEN it is applied THEN it is refused by name, also in a custom resource', async () => {
      const bundle = await bundleOf('prod');
      await applyBundle(client, bundle, silent);
      const kinds = await discoverKinds(client);
      for (const kind of ['PriorityClass', 'NodePool', 'ValidatingPolicy', 'HierarchicalResourceQuota', 'DaemonSet']) {
        const object = bundle.objects.find(({ manifest }) => manifest.kind === kind);
        if (object === undefined) throw new Error(`prod has no ${kind}`);
        const misspelt = { ...object.manifest, ...(kind === 'PriorityClass' ? { preemtionPolicy: 'Never' } : {}) };
        const spec = { ...((object.manifest.spec ?? {}) as object), preemtionPolicy: 'Never' };
        const manifest = kind === 'PriorityClass' ? misspelt : { ...object.manifest, spec };
        const { outcome } = await applyObject(client, kinds, manifest);
        expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringContaining('preemtionPolicy') });
      }
      // Server-side apply refuses unknown fields by itself; that a key given twice is refused is strict validation alone.
      const path = objectUrl(kinds, 'v1', 'ConfigMap', { name: 'twice', namespace: 'default' }) ?? '';
      const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: twice, namespace: default}\ndata:\n  key: one\n';
      expect(messageOf(await applyText(client, path, `${head}  key: two\n`))).toContain('"key" already set in map');
      expect((await applyText(client, path, head)).status).toBe(201);
    });

    it('GIVEN a kind that nobody serves WHEN it is applied THEN it is reported, not skipped', async () => {
      const manifest = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'x', namespace: 'default' } };
      const { outcome } = await applyObject(client, await discoverKinds(client), manifest);
      expect(outcome).toEqual({ kind: 'unknown' });
    });
  });
});
