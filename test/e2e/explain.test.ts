import { expect, it } from 'vitest';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { LABELS } from '../../lib/catalog/labels.ts';
import { type ApiClient, messageOf } from '../../lib/cluster/api-client.ts';
import { explain } from '../../lib/explain/explain.ts';
import { followSession } from '../../lib/explain/profile/session.ts';
import type { Scene } from '../../lib/explain/scene.ts';
import { hasRoom, tenantRoom } from '../../lib/explain/tenant-room.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import type { Profile } from '../../lib/model/profile.ts';
import { sceneOf, sceneOfEnvironment, stepOf } from '../explain/scenes.ts';
import { applyAll } from './corpus-cluster.ts';
import { describeWithClusters, withCluster } from './local-cluster.ts';
import { eventually, list } from './requests.ts';

interface QuotaStatus {
  /** Left out until the controller has counted; requests are not held against it before. */
  readonly hard?: Readonly<Record<string, string>>;
  readonly used?: Readonly<Record<string, string>>;
}

/** What decides about pods as they are made, without the level of Pod Security, which is not about size. */
function admission({ bundle }: Scene, more: readonly string[] = []): readonly Manifest[] {
  const kinds = ['Namespace', 'PriorityClass', 'ServiceAccount', ...more];
  return bundle.objects
    .map(({ manifest }) => manifest)
    .filter(({ kind }) => kinds.includes(kind) || kind.startsWith('ValidatingAdmissionPolicy'))
    .map((manifest) => {
      const labels = Object.entries(manifest.metadata.labels ?? {}).filter(
        ([key]) => !key.startsWith(LABELS.podSecurityPrefix),
      );
      return { ...manifest, metadata: { ...manifest.metadata, labels: Object.fromEntries(labels) } };
    });
}

async function create(client: ApiClient, namespace: string, pod: object, dryRun = true): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/pods${dryRun ? '?dryRun=All' : ''}`;
  const answer = await client.send({ method: 'POST', path, body: JSON.stringify(pod) });
  return answer.status < 300 ? 'admitted' : messageOf(answer);
}

const isOfPods = (resource: string): boolean => /^(pods$|requests\.|limits\.)/.test(resource);

/** Waits until the quotas of a namespace have been counted, and no pod in them: a controller subtracts deleted ones. */
async function untilNothingUsed(client: ApiClient, namespace: string): Promise<void> {
  const statuses = async (): Promise<readonly QuotaStatus[]> =>
    (await list(client, `/api/v1/namespaces/${namespace}/resourcequotas`)).map(
      ({ status }) => (status ?? {}) as QuotaStatus,
    );
  const isFresh = ({ hard, used = {} }: QuotaStatus): boolean =>
    hard !== undefined && Object.entries(used).every(([resource, amount]) => !isOfPods(resource) || amount === '0');
  const last = await eventually(statuses, (all) => all.every(isFresh));
  expect(last.filter((status) => !isFresh(status))).toEqual([]);
}

/** How many pods a namespace without any takes, up to a number; none of them stays. */
async function admittedPods(client: ApiClient, namespace: string, pod: object, most: number): Promise<number> {
  let admitted = 0;
  await untilNothingUsed(client, namespace);
  while (admitted < most && (await create(client, namespace, pod, false)) === 'admitted') admitted += 1;
  const body = JSON.stringify({ gracePeriodSeconds: 0 });
  await client.send({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}/pods`, body });
  return admitted;
}

/** The pod of a session, as the launcher's Job makes it. */
function sessionPod(scene: Scene, profile: Profile): object {
  const { metadata, spec } = followSession(scene, profile).job.spec.template;
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, generateName: 'session-' }, spec };
}

/** A pod of the size of a session, as somebody of a tenant would make it. */
function podOfSize(scene: Scene, profile: Profile): object {
  const [container] = followSession(scene, profile).job.spec.template.spec.containers;
  const main = { name: 'main', image: 'main', resources: (container as { resources?: object } | undefined)?.resources };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'own-' }, spec: { containers: [main] } };
}

/** Prod with a priority class for all of its sessions, and one of these. */
async function withClass(priorityClass: string): Promise<readonly [Scene, Profile]> {
  const input = (await loadEnvironment('prod')).input as EnvironmentInput;
  const sessionProfiles = input.sessionProfiles.map((each) => ({ ...each, priorityClass }));
  const scene = sceneOf({ ...input, sessionProfiles });
  const [profile] = scene.bundle.platform.profiles;
  if (!profile) throw new Error('prod has no session profile.');
  return [scene, profile];
}

/** Waits until the API server reads its policies: until it refuses what it must. */
async function untilInForce(client: ApiClient, namespace: string): Promise<void> {
  const pod = { metadata: { name: 'a' }, spec: { nodeName: 'a', containers: [{ name: 'a', image: 'a' }] } };
  await eventually(
    () => create(client, namespace, pod),
    (said) => said.includes('gpu-access'),
  );
}

describeWithClusters('explain and a real API server (PROVE-2)', () => {
  it('GIVEN every profile of prod, and every class WHEN pods are made for sessions and for tenants THEN policies answer as explained', async () => {
    const scene = await sceneOfEnvironment('prod');
    const { profiles, tenants, environment } = scene.bundle.platform;
    const { sessionNamespace } = environment.workbench;
    const wrong: string[] = [];
    let refused = 0;
    await withCluster('explain', async (client) => {
      await applyAll(client, admission(scene));
      await untilInForce(client, sessionNamespace);
      for (const profile of profiles) {
        const { verdict } = stepOf(explain(scene, { kind: 'profile', name: profile.name }), 'policies');
        const said = await create(client, sessionNamespace, sessionPod(scene, profile));
        if ((verdict === 'stop') === (said === 'admitted')) wrong.push(`${profile.name}: ${verdict}, but ${said}`);
        for (const tenant of tenants.filter(({ kind }) => kind === 'workspace')) {
          const { refusals } = tenantRoom(scene, tenant, profile);
          const answer = await create(client, tenant.name, podOfSize(scene, profile));
          const policies = refusals.map((each) => each.split(':')[0] ?? '');
          if (policies.length > 0) refused += 1;
          // The server names one of those that refuse.
          const right = policies.length === 0 ? answer === 'admitted' : policies.some((name) => answer.includes(name));
          if (!right)
            wrong.push(`${profile.name} in ${tenant.name}: ${refusals.join('; ') || 'admitted'}, but ${answer}`);
        }
      }
      expect(refused).toBeGreaterThan(10);
      for (const { name } of environment.priorities) {
        const [own, profile] = await withClass(name);
        const { verdict } = stepOf(explain(own, { kind: 'profile', name: profile.name }), 'policies');
        const said = await create(client, sessionNamespace, sessionPod(own, profile));
        if ((verdict === 'stop') === (said === 'admitted')) wrong.push(`class ${name}: ${verdict}, but ${said}`);
      }
      expect(wrong).toEqual([]);
    });
  });

  it('GIVEN the tenants of dev WHEN pods of the size of sessions are made THEN as many are admitted as explained', async () => {
    const scene = await sceneOfEnvironment('dev');
    const { profiles, tenants } = scene.bundle.platform;
    await withCluster('explain', async (client) => {
      await applyAll(client, admission(scene, ['ResourceQuota', 'LimitRange']));
      await untilInForce(client, 'sandbox');
      for (const tenant of tenants) {
        for (const profile of profiles) {
          const room = tenantRoom(scene, tenant, profile);
          const expected = hasRoom(room) ? (room.rooms[0]?.times ?? 0) : 0;
          const pod = podOfSize(scene, profile);
          // The controller of quotas may count anew in between, from what it has seen until then.
          const counted = await eventually(
            () => admittedPods(client, tenant.name, pod, expected + 1),
            (admitted) => admitted === expected,
          );
          expect([tenant.name, profile.name, counted]).toEqual([tenant.name, profile.name, expected]);
        }
      }
    });
  });
});
