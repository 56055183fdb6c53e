import { join } from 'node:path';
import { messageOf } from './api-client.ts';
import { ClusterError } from './cluster-error.ts';
import type { ControllerStart } from './controller.ts';
import { clusterAccess, writeKubeconfig } from './kubeconfig.ts';
import { portOf } from './state.ts';

/** Nobody renews it, as the kubelet would; the next start of the controller gets a new one. */
const TOKEN_SECONDS = 365 * 24 * 3600;

/** Where the kubeconfig of a process lies. */
export const kubeconfigOf = (folder: string, process: string): string => join(folder, `${process}.kubeconfig`);

/**
 * Writes the kubeconfig of a process that acts as a ServiceAccount of the environment, so that its roles are proven
 * with it.
 */
export async function writeServiceAccountKubeconfig(
  { client, context: { folder, ports } }: Pick<ControllerStart<unknown>, 'client' | 'context'>,
  process: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<void> {
  const answer = await client.send({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: JSON.stringify({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: TOKEN_SECONDS },
    }),
  });
  if (answer.status !== 201) {
    throw new ClusterError(`No token for ServiceAccount ${namespace}/${name}: ${messageOf(answer)}`);
  }
  const { token } = (answer.body as { readonly status: { readonly token: string } }).status;
  const { server, authority } = clusterAccess(folder, 'admin', portOf(ports, 'kube-apiserver'));
  writeKubeconfig(kubeconfigOf(folder, process), process, { server, authority, token });
}
