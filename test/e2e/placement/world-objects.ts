import type { ApiClient } from '../../../lib/cluster/api-client.ts';
import type { Container, Pod } from '../../../lib/scheduling/pod.ts';
import type { PersistentVolume } from '../../../lib/scheduling/volume.ts';
import type { World } from './arbitrary-world.ts';
import { NAMESPACES, PRIORITY_CLASSES, RUNTIME_CLASS } from './names.ts';
import { create, must, patch } from './scheduler-cluster.ts';
import { CLAIMS, PERSISTENT_VOLUMES, STORAGE_CLASSES, WAITING_CLAIMS } from './volumes.ts';

const WAITING_CLASSES = STORAGE_CLASSES.filter(({ metadata }) => metadata.name !== 'at-once');
const isLocal = ({ spec }: PersistentVolume): boolean => spec.storageClassName === 'local';
const inNamespace = (namespace: string, kind: string): string => `/api/v1/namespaces/${namespace}/${kind}`;

const makeVolume = (client: ApiClient, volume: PersistentVolume): Promise<unknown> =>
  create(client, '/api/v1/persistentvolumes', { ...volume, spec: { ...volume.spec, hostPath: { path: '/nowhere' } } });

const makeClaim = (client: ApiClient, claim: (typeof CLAIMS)[number]): Promise<unknown> =>
  create(client, inNamespace(claim.metadata.namespace ?? '', 'persistentvolumeclaims'), claim);

const makeClass = (client: ApiClient, storageClass: (typeof STORAGE_CLASSES)[number]): Promise<unknown> =>
  create(client, '/apis/storage.k8s.io/v1/storageclasses', storageClass);

/** What all worlds share, because no case changes it. */
export async function makeSharedObjects(client: ApiClient): Promise<void> {
  const { name, overhead } = RUNTIME_CLASS;
  await create(client, '/apis/node.k8s.io/v1/runtimeclasses', {
    metadata: { name },
    handler: name,
    overhead: { podFixed: overhead },
  });
  for (const each of PRIORITY_CLASSES) await create(client, '/apis/scheduling.k8s.io/v1/priorityclasses', each);
  for (const each of STORAGE_CLASSES.filter((one) => !WAITING_CLASSES.includes(one))) await makeClass(client, each);
  for (const each of PERSISTENT_VOLUMES.filter((one) => !isLocal(one))) await makeVolume(client, each);
  for (const each of CLAIMS.filter(({ metadata }) => !WAITING_CLAIMS.includes(metadata.name))) {
    await makeClaim(client, each);
  }
}

/** The manifest of a pod; what a case uses up has a name of this world's own. */
export function podManifest(pod: Pod, world: string): object {
  const { overhead, volumes, containers, initContainers, ...spec } = pod.spec;
  const runnable = (all: readonly Container[]): readonly object[] => all.map((each) => ({ ...each, image: 'none' }));
  return {
    metadata: pod.metadata,
    spec: {
      ...spec,
      containers: runnable(containers),
      ...(initContainers ? { initContainers: runnable(initContainers) } : {}),
      ...(overhead ? { runtimeClassName: RUNTIME_CLASS.name, overhead } : {}),
      ...(volumes
        ? {
            volumes: volumes.map(({ name, persistentVolumeClaim: { claimName } = { claimName: '' } }) => ({
              name,
              persistentVolumeClaim: {
                claimName: WAITING_CLAIMS.includes(claimName) ? `${claimName}-${world}` : claimName,
              },
            })),
          }
        : {}),
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
    },
  };
}

/** Classes, volumes and claims for pods that wait for a volume. Nobody removes them: no other world names them. */
async function makeWaitingVolumes(client: ApiClient, world: string): Promise<void> {
  const own = (name: string | undefined): string => `${name}-${world}`;
  await Promise.all([
    ...WAITING_CLASSES.map((each) => makeClass(client, { ...each, metadata: { name: own(each.metadata.name) } })),
    ...PERSISTENT_VOLUMES.filter(isLocal).map(async (volume) => {
      const name = own(volume.metadata.name);
      await makeVolume(client, {
        ...volume,
        metadata: { name },
        spec: { ...volume.spec, storageClassName: own(volume.spec.storageClassName) },
      });
      await patch(client, `/api/v1/persistentvolumes/${name}/status`, { status: volume.status });
    }),
    ...CLAIMS.filter(({ metadata }) => WAITING_CLAIMS.includes(metadata.name)).map((claim) =>
      makeClaim(client, {
        metadata: { ...claim.metadata, name: own(claim.metadata.name) },
        spec: { ...claim.spec, storageClassName: own(claim.spec.storageClassName) },
      }),
    ),
  ]);
}

/** Puts a pod on its node, as if it had run for a while. */
export async function placePod(client: ApiClient, pod: Pod, world: string): Promise<void> {
  const pods = inNamespace(pod.metadata.namespace ?? '', 'pods');
  await create(client, pods, podManifest(pod, world));
  await patch(client, `${pods}/${pod.metadata.name}/status`, { status: pod.status });
}

/** Makes the objects of a world. */
export async function makeWorld(
  client: ApiClient,
  { nodes, placed, budgets, asked }: World,
  world: string,
): Promise<void> {
  await Promise.all(
    nodes.map(async ({ metadata, spec, status }) => {
      await create(client, '/api/v1/nodes', { metadata, spec, status: { ...status, capacity: status?.allocatable } });
      // Admission taints a new node until its kubelet reports (TaintNodesByCondition).
      await patch(client, `/api/v1/nodes/${metadata.name}`, { spec: { taints: spec?.taints ?? null } });
    }),
  );
  const waits = asked.some(({ spec }) =>
    spec.volumes?.some(({ persistentVolumeClaim: claim }) => claim && WAITING_CLAIMS.includes(claim.claimName)),
  );
  if (waits) await makeWaitingVolumes(client, world);
  await Promise.all([
    ...placed.map((pod) => placePod(client, pod, world)),
    ...budgets.map(async ({ metadata, spec, status }) => {
      const path = `/apis/policy/v1/namespaces/${metadata.namespace}/poddisruptionbudgets`;
      await create(client, path, { metadata, spec: { ...spec, maxUnavailable: 0 } });
      await patch(client, `${path}/${metadata.name}/status`, {
        status: { currentHealthy: 1, desiredHealthy: 0, expectedPods: 1, ...status },
      });
    }),
  ]);
}

/** Removes them, but for volumes. */
export async function removeWorld(client: ApiClient): Promise<void> {
  const remove = (path: string): Promise<unknown> => must(client, { method: 'DELETE', path });
  await Promise.all(
    Object.keys(NAMESPACES).flatMap((namespace) => [
      remove(`${inNamespace(namespace, 'pods')}?gracePeriodSeconds=0`),
      remove(`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`),
    ]),
  );
  await remove('/api/v1/nodes');
}
