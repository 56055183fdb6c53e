import { type ApiClient, connect } from './api-client.ts';
import { ClusterError } from './cluster-error.ts';
import { isReady } from './control-plane.ts';
import { clusterAccess } from './kubeconfig.ts';
import { clusterFolder, readState } from './state.ts';

/** Opens the API of a running cluster as its administrator. */
export async function connectToCluster(name: string): Promise<ApiClient> {
  const folder = clusterFolder(name);
  const state = readState(folder);
  if (state === undefined || !(await isReady(folder, state))) {
    const option = name === 'local' ? '' : ` --name ${name}`;
    throw new ClusterError(`Cluster "${name}" does not run. Start it with "atelier cluster up${option}".`);
  }
  return connect(clusterAccess(folder, 'admin', state.ports['kube-apiserver']));
}
