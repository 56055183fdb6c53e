import { type ApiClient, type ApiRequest, messageOf } from '../../../lib/cluster/api-client.ts';
import { clusterAccess } from '../../../lib/cluster/kubeconfig.ts';
import { stopProcess } from '../../../lib/cluster/process.ts';
import { clusterFolder, readState } from '../../../lib/cluster/state.ts';
import { withCluster } from '../local-cluster.ts';
import { type PodWatch, watchPods } from './pod-watch.ts';

const GRACE_MS = 10_000;
const ACCOUNT_TIMEOUT_MS = 30_000;

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

/** Namespaces take pods only once the controller manager has given them a service account. */
async function makeNamespaces(client: ApiClient, namespaces: Readonly<Record<string, object>>): Promise<void> {
  for (const [name, labels] of Object.entries(namespaces)) {
    await create(client, '/api/v1/namespaces', { metadata: { name, labels } });
    const path = `/api/v1/namespaces/${name}/serviceaccounts/default`;
    for (const end = Date.now() + ACCOUNT_TIMEOUT_MS; (await client.send({ method: 'GET', path })).status !== 200; ) {
      if (Date.now() > end) throw new Error(`Namespace ${name} has no service account.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/**
 * Does something with a control plane without controllers: no volume is bound, no node is called unreachable because
 * it has no kubelet, no disruption is counted but by the test itself. The controller manager runs until the namespaces
 * are made, then it is ended.
 */
export function withScheduler<T>(
  name: string,
  namespaces: Readonly<Record<string, object>>,
  work: (cluster: SchedulerCluster) => Promise<T>,
): Promise<T> {
  return withCluster(name, async (client) => {
    await makeNamespaces(client, namespaces);
    const folder = clusterFolder(name);
    const state = readState(folder);
    const controllers = state?.processes.find((process) => process.name === 'kube-controller-manager');
    if (state === undefined || controllers === undefined) throw new Error(`Cluster ${name} does not run.`);
    await stopProcess(controllers, GRACE_MS);
    const list = (await must(client, { method: 'GET', path: '/api/v1/pods' })) as {
      metadata: { resourceVersion: string };
    };
    const access = clusterAccess(folder, 'admin', state.ports['kube-apiserver']);
    const pods = await watchPods(access, list.metadata.resourceVersion);
    try {
      return await work({ client, pods });
    } finally {
      pods.stop();
    }
  });
}
