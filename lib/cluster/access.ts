import { type ApiClient, connect } from './api-client.ts';
import { ClusterError } from './cluster-error.ts';
import { nameOption } from './cluster-name.ts';
import { controlPlane } from './control-plane/components.ts';
import { clusterAccess } from './kubeconfig.ts';
import { areReady } from './processes.ts';
import { type ClusterState, clusterFolder, portOf, readState } from './state.ts';

/** The state of a cluster whose control plane runs and answers. */
export async function runningCluster(name: string): Promise<{ folder: string; state: ClusterState }> {
  const folder = clusterFolder(name);
  const state = readState(folder);
  if (state === undefined || !(await areReady(controlPlane(state.options), { folder, ...state }, state.processes))) {
    throw new ClusterError(`Cluster "${name}" does not run. Start it with "atelier cluster up${nameOption(name)}".`);
  }
  return { folder, state };
}

/** Opens the API of a running cluster as its administrator. */
export async function connectToCluster(name: string): Promise<ApiClient> {
  const { folder, state } = await runningCluster(name);
  return connect(clusterAccess(folder, 'admin', portOf(state.ports, 'kube-apiserver')));
}
