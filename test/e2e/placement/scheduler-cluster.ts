import { type ApiClient, type ApiRequest, messageOf } from '../../../lib/cluster/api-client.ts';
import { clusterAccess } from '../../../lib/cluster/kubeconfig.ts';
import { clusterFolder, portOf, readState } from '../../../lib/cluster/state.ts';
import { withCluster } from '../local-cluster.ts';
import { type PodWatch, watchPods } from './pod-watch.ts';

/** A control plane in which nobody but the scheduler does anything. */
export interface SchedulerCluster {
  readonly client: ApiClient;
  readonly pods: PodWatch;
}

/** Sends a request that must succeed. */
export async function must(client: ApiClient, request: ApiRequest): Promise<unknown> {
  const answer = await client.send(request);
  if (answer.status >= 300) {
    throw new Error(`${request.method} ${request.path}: ${messageOf(answer)}\n${request.body ?? ''}`);
  }
  return answer.body;
}

export const create = (client: ApiClient, path: string, body: object): Promise<unknown> =>
  must(client, { method: 'POST', path, body: JSON.stringify(body) });

/** A JSON merge patch. */
export const patch = (client: ApiClient, path: string, body: object): Promise<unknown> =>
  must(client, {
    method: 'PATCH',
    path,
    body: JSON.stringify(body),
    contentType: 'application/merge-patch+json',
  });

/** Namespaces take pods only where they have a service account, which nobody else here makes. */
async function makeNamespaces(client: ApiClient, namespaces: Readonly<Record<string, object>>): Promise<void> {
  for (const [name, labels] of Object.entries({ default: undefined, ...namespaces })) {
    if (labels !== undefined) await create(client, '/api/v1/namespaces', { metadata: { name, labels } });
    await create(client, `/api/v1/namespaces/${name}/serviceaccounts`, { metadata: { name: 'default' } });
  }
}

/**
 * Does something with a control plane without controllers: no volume is bound, no node is called unreachable because
 * it has no kubelet, no disruption is counted but by the test itself.
 */
export function withScheduler<T>(
  name: string,
  namespaces: Readonly<Record<string, object>>,
  work: (cluster: SchedulerCluster) => Promise<T>,
): Promise<T> {
  const alone = { without: ['kube-controller-manager', 'kwok'] };
  return withCluster(
    name,
    async (client) => {
      await makeNamespaces(client, namespaces);
      const state = readState(clusterFolder(name));
      if (state === undefined) throw new Error(`Cluster ${name} does not run.`);
      const list = (await must(client, { method: 'GET', path: '/api/v1/pods' })) as {
        metadata: { resourceVersion: string };
      };
      const access = clusterAccess(clusterFolder(name), 'admin', portOf(state.ports, 'kube-apiserver'));
      const pods = await watchPods(access, list.metadata.resourceVersion);
      try {
        return await work({ client, pods });
      } finally {
        pods.stop();
      }
    },
    alone,
  );
}
